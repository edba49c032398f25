package dev.usher.sidecar.director.view;

import java.time.Duration;

/**
 * The directors from the template, read at one moment by any thread.
 *
 * @param directors how many there are, those of before a restart included
 * @param made since the start
 * @param letGo since the start, because they were idle
 * @param refused requests that found the limit reached, since the start
 */
public record OnDemandView(
    int limit, Duration idle, int directors, long made, long letGo, long refused) {}
