/** Waiting: limit, timeout, order, clients that leave. */
@NullMarked
package dev.usher.it.queue;

import org.jspecify.annotations.NullMarked;
