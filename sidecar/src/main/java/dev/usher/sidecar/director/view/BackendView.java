package dev.usher.sidecar.director.view;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.health.HealthView;
import dev.usher.sidecar.health.outlier.OutlierView;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.RatePerSecond;

/**
 * A backend and its state, read at one moment by any thread.
 *
 * @param capacityNow requests that may be in flight there now, were it available: less than
 *     configured while it warms up or is probed
 */
public record BackendView(
    BackendSpec spec,
    int capacityNow,
    Level load,
    HealthView health,
    OutlierView outlier,
    RatePerSecond requestsPerSecond) {}
