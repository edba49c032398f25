/**
 * The serial executor: at any moment at most one thread is inside, and no thread ever waits to get
 * in. [any] may post; tasks run on the strand [S]; effects run after the owner has let go.
 */
@NullMarked
package dev.usher.sidecar.strand;

import org.jspecify.annotations.NullMarked;
