package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.strand.Effect;
import dev.usher.sidecar.strand.Serial;

/** Has it written down how backends fare, once the strand is let go: writing may take time. [S] */
final class Notes {
  private final HealthLog log;
  private final String director;
  private final Serial strand;

  Notes(HealthLog log, String director, Serial strand) {
    this.log = log;
    this.director = director;
    this.strand = strand;
  }

  void onHealth(Backend backend, HealthState now, String cause) {
    String name = backend.name();
    strand.afterwards(Effect.of(() -> log.onChange(director, name, now, cause)));
  }

  void onOutlier(Backend backend, String what) {
    String name = backend.name();
    strand.afterwards(Effect.of(() -> log.onOutlier(director, name, what)));
  }
}
