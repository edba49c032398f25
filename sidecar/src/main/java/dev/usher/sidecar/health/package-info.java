/**
 * Whether a backend answers: what requests and probes say of it, and when it is probed. The probe,
 * timers and chance are ports. [S]
 */
@NullMarked
package dev.usher.sidecar.health;

import org.jspecify.annotations.NullMarked;
