/**
 * How a backend is asked whether it is there: by a connection, or by a request of HTTP/1.1. Knows
 * the wire, and of health only the port. [io]
 */
@NullMarked
package dev.usher.sidecar.protocol.probe;

import org.jspecify.annotations.NullMarked;
