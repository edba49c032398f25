/** Upstream connections: HTTP/1.1 behind one port, a pool for each IO thread. [io] */
@NullMarked
package dev.usher.sidecar.protocol;

import org.jspecify.annotations.NullMarked;
