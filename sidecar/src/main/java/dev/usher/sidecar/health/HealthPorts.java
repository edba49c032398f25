package dev.usher.sidecar.health;

import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.util.concurrent.Executor;

/**
 * What monitors need of the world.
 *
 * @param strand where a monitor lives; brings its owner to rest after each task
 */
public record HealthPorts(
    Probe probe, Timers timers, Clock clock, Jitter jitter, Executor strand) {}
