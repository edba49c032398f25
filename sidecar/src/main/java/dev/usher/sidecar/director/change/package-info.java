/**
 * Changes of directors: steps, what becomes of them, and the port of whoever keeps what was
 * changed. [any]
 */
@NullMarked
package dev.usher.sidecar.director.change;

import org.jspecify.annotations.NullMarked;
