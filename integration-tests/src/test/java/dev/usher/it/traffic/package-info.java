/** Requests and responses on the wire: what passes, what is changed, what is refused. */
@NullMarked
package dev.usher.it.traffic;

import org.jspecify.annotations.NullMarked;
