/**
 * The demo: small backends, a load in phases and a watch over the assured shares, all in this JVM.
 * Called by its command [main]; ticks come from the timers.
 */
@NullMarked
package dev.usher.sidecar.cli.demo;

import org.jspecify.annotations.NullMarked;
