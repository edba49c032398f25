/**
 * Counters and the 60-second history: written by one thread, read by any; read by people, never
 * used to decide.
 */
@NullMarked
package dev.usher.sidecar.stats;

import org.jspecify.annotations.NullMarked;
