package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.strand.Serial;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Dice;
import dev.usher.sidecar.time.Timers;
import java.util.function.Supplier;

/**
 * What directors need of the world.
 *
 * @param strands a new strand for each director
 */
public record DirectorPorts(
    Clock clock,
    Timers timers,
    Dice dice,
    Probe probe,
    HealthLog healthLog,
    Keeper keeper,
    Versions versions,
    Supplier<Serial> strands) {}
