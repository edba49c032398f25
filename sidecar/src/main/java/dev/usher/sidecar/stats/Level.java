package dev.usher.sidecar.stats;

/**
 * A level read at one moment.
 *
 * @param current now
 * @param max highest since start
 * @param total how often it went up since start
 */
public record Level(int current, int max, long total) {}
