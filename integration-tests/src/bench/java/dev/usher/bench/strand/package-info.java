/** Benchmarks of the strand and of a director around it. */
@NullMarked
package dev.usher.bench.strand;

import org.jspecify.annotations.NullMarked;
