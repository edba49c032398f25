/**
 * Probes of backends: {@link dev.usher.sidecar.protocol.probe.Probes} picks TCP or HTTP. They run
 * on IO threads, each with one deadline for all of it, and believe nothing that a peer says. [io]
 */
@NullMarked
package dev.usher.sidecar.protocol.probe;

import org.jspecify.annotations.NullMarked;
