/**
 * Clock, timers and randomness as ports: the only door to them, so that tests move time by hand.
 * [any]
 */
@NullMarked
package dev.usher.sidecar.time;

import org.jspecify.annotations.NullMarked;
