/** Peers that stall, each at one point of a request's way, and requests that must be over. */
@NullMarked
package dev.usher.it.timeout;

import org.jspecify.annotations.NullMarked;
