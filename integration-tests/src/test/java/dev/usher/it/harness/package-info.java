/**
 * What the integration tests stand on: the sidecar as a process, backends whose answers wait for a
 * gate, clients that say every byte themselves. Nothing here sleeps; everything has a deadline.
 */
@NullMarked
package dev.usher.it.harness;

import org.jspecify.annotations.NullMarked;
