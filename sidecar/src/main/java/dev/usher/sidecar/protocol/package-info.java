/**
 * Connections to backends: {@link dev.usher.sidecar.protocol.Upstream} is the port, HTTP/1.1 over
 * Undertow's client its implementation, with a pool for each IO thread. The rooms that forward
 * requests call it on the exchange's IO thread and hear back on the same thread. It knows targets
 * and time, but neither directors nor routes. [io]
 */
@NullMarked
package dev.usher.sidecar.protocol;

import org.jspecify.annotations.NullMarked;
