/**
 * Backends that fail, heal, warm up and leave while clients send: afterwards each request, each
 * attempt and each counter has to add up. {@link dev.usher.it.storm.Weather} changes the backends,
 * {@link dev.usher.it.storm.Operator} the director, both from a seed; {@link
 * dev.usher.it.storm.Tally} judges each request when it ends and {@link
 * dev.usher.it.storm.Reckoning} the whole.
 */
@NullMarked
package dev.usher.it.storm;

import org.jspecify.annotations.NullMarked;
