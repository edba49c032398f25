/**
 * How tokens are held, as lines of text: pure functions from a bucket's view. Used by the demo; a
 * live view of a running sidecar draws the same way. [any]
 */
@NullMarked
package dev.usher.sidecar.cli.draw;

import org.jspecify.annotations.NullMarked;
