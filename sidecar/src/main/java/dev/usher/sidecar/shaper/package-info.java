/**
 * The token tree and its queues: hierarchical token bucket over requests in flight. Arithmetic
 * only, no thread, clock or I/O. Called by the director's core on its strand [S]; views may be read
 * by [any].
 */
@NullMarked
package dev.usher.sidecar.shaper;

import org.jspecify.annotations.NullMarked;
