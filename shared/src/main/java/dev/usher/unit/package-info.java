/** Shares of capacity, durations and sizes, written with their units. Any thread; JDK only. */
@NullMarked
package dev.usher.unit;

import org.jspecify.annotations.NullMarked;
