/** Benchmarks of the record file. */
@NullMarked
package dev.usher.bench.store;

import org.jspecify.annotations.NullMarked;
