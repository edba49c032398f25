/** The composition root: starts the sidecar and wires the rooms. Nobody knows this package. */
@NullMarked
package dev.usher.sidecar;

import org.jspecify.annotations.NullMarked;
