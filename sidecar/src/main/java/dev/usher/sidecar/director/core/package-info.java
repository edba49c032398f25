/**
 * The inside of a director. {@code DirectorHandle} is the door: any thread posts there. {@code
 * DirectorCore} decides, on the strand [S]; everything else here is its own and is touched on the
 * strand only. Grants and refusals are effects: they run after the strand was let go.
 */
@NullMarked
package dev.usher.sidecar.director.core;

import org.jspecify.annotations.NullMarked;
