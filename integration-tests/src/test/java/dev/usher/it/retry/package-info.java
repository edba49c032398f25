/** Backends that fail: retries, health, and the way back. */
@NullMarked
package dev.usher.it.retry;

import org.jspecify.annotations.NullMarked;
