/**
 * YAML and JSON to records that cannot hold a wrong value, and back. Called by the command line at
 * start [any] and by the admin API [w]; never on an IO thread.
 */
@NullMarked
package dev.usher.sidecar.config;

import org.jspecify.annotations.NullMarked;
