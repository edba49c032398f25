/**
 * Directors: {@code Director} is the handle to which any thread posts, {@code DirectorCore} the
 * owner that decides on its strand [S]. Effects (grants, refusals) run after the strand was let go.
 */
@NullMarked
package dev.usher.sidecar.director;

import org.jspecify.annotations.NullMarked;
