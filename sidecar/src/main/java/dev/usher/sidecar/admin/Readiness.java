package dev.usher.sidecar.admin;

import java.util.Locale;

/** Whether new requests are welcome, for {@code /ready}. */
public enum Readiness {
  STARTING,
  READY,
  DRAINING;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
