/**
 * How a request gets a backend and tokens: it asks, waits or not, and holds a lease until it is
 * released, exactly once. The pipeline is on one side, a director on the other; answers come on the
 * thread that let go of the director's strand.
 */
@NullMarked
package dev.usher.sidecar.director.admission;

import org.jspecify.annotations.NullMarked;
