package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.shaper.BucketView;

/**
 * What the demo knows of a class at its end.
 *
 * @param assured tokens of its rate
 * @param stats what the shaper counted
 * @param watch what the samples showed
 */
record ClassRecord(
    DemoClass of, int assured, DemoLoad.Counts counts, BucketView.Stats stats, ShareWatch watch) {}
