package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.shaper.BucketView;

/**
 * What the demo knows of a class at its end.
 *
 * @param assured tokens of its rate
 * @param served requests answered with status 200 while the load ran
 * @param errors all other answers, and requests without any
 * @param stats what the shaper counted
 * @param watch what the samples showed
 */
record ClassRecord(
    DemoClass of,
    int assured,
    long served,
    long errors,
    BucketView.Stats stats,
    ShareWatch watch) {}
