/**
 * Directors, as the pipeline and the API see them: handles to which any thread posts. {@code core}
 * is the inside of one, {@code registry} has all of them.
 */
@NullMarked
package dev.usher.sidecar.director;

import org.jspecify.annotations.NullMarked;
