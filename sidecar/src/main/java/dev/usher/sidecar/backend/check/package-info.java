/** How a backend's health is watched: what a director says, and what a backend says otherwise. */
@NullMarked
package dev.usher.sidecar.backend.check;

import org.jspecify.annotations.NullMarked;
