/**
 * Which backend takes the next request: round-robin, chance, least-load. They choose and never
 * queue. [S]
 */
@NullMarked
package dev.usher.sidecar.schedule;

import org.jspecify.annotations.NullMarked;
