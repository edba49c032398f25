/** Who is in flight at each moment: rates, ceilings, loans, on real traffic. */
@NullMarked
package dev.usher.it.shaper;

import org.jspecify.annotations.NullMarked;
