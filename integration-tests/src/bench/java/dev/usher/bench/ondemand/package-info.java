/** Many directors on demand: what each costs, and what it costs to find one. */
@NullMarked
package dev.usher.bench.ondemand;

import org.jspecify.annotations.NullMarked;
