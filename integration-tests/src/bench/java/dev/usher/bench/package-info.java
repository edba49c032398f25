/** Benchmarks, under the Maven profile {@code bench}; the numbers go into RATIONALE.md. */
@NullMarked
package dev.usher.bench;

import org.jspecify.annotations.NullMarked;
