package dev.usher.sidecar;

import dev.usher.sidecar.director.core.HealthLog;
import dev.usher.sidecar.health.HealthState;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how backends fare. [any] */
final class LoggedHealth implements HealthLog {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedHealth.class);

  @Override
  public void onChange(String director, String backend, HealthState now, String cause) {
    LOG.info(
        "director {}: backend {} is {}: {}",
        director,
        backend,
        now.name().toLowerCase(Locale.ROOT),
        cause);
  }

  @Override
  public void onOutlier(String director, String backend, String what) {
    LOG.info("director {}: backend {} is {}", director, backend, what);
  }
}
