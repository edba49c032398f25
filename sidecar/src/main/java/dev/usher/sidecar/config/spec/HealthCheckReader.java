package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.config.document.Value.Sequence;
import dev.usher.sidecar.health.HealthCheckSpec;
import dev.usher.sidecar.health.HealthMode;
import dev.usher.unit.InvalidValue;
import java.util.List;
import java.util.Set;

/** Reads {@code health-check}. */
final class HealthCheckReader {
  private static final Set<String> LATER = Set.of("opportunistic", "paranoid");
  private static final HealthCheckSpec DEFAULT = HealthCheckSpec.DEFAULT;

  private HealthCheckReader() {}

  static HealthCheckSpec read(Fields fields) {
    refuseLaterModes(fields);
    List<Integer> expect = expect(fields);
    HealthCheckSpec spec =
        fields.build(
            DEFAULT,
            () ->
                new HealthCheckSpec(
                    Scalars.choice(fields, "mode", HealthMode.LAZY),
                    Scalars.text(fields, "path", "a path that starts with '/'", DEFAULT.path()),
                    fields.parsed("host", HostText.WANTED, DEFAULT.host(), HostText::parse),
                    Scalars.duration(fields, "interval", DEFAULT.interval()),
                    Scalars.duration(fields, "timeout", DEFAULT.timeout()),
                    Scalars.integer(
                        fields,
                        "success-threshold",
                        HealthCheckSpec.SUCCESS_THRESHOLD,
                        DEFAULT.successThreshold()),
                    expect));
    fields.end();
    return spec;
  }

  private static List<Integer> expect(Fields fields) {
    List<Integer> read = Items.integers(fields, "expect", HealthCheckSpec.STATUS, DEFAULT.expect());
    if (fields.value("expect") instanceof Sequence written && written.items().isEmpty()) {
      fields.refuse("expect", "at least one status code", "none");
    }
    return read.isEmpty() ? DEFAULT.expect() : read;
  }

  private static void refuseLaterModes(Fields fields) {
    String wanted = "lazy (the other modes are not available in this version)";
    fields.parsed(
        "mode",
        wanted,
        "",
        (field, text) -> {
          if (LATER.contains(text)) {
            throw InvalidValue.of(field, wanted, text);
          }
          return text;
        });
  }
}
