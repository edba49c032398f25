package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.config.document.Value.Sequence;
import dev.usher.unit.IntRange;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code health-check}: a director's, or what a backend says otherwise. */
final class HealthCheckReader {
  private static final HealthCheckSpec DEFAULT = HealthCheckSpec.DEFAULT;

  private HealthCheckReader() {}

  /** A director's: what is absent has its default. */
  static HealthCheckSpec read(Fields fields) {
    return override(fields, DEFAULT).over(DEFAULT);
  }

  /**
   * What differs from {@code below}.
   *
   * @param below what holds where {@code fields} say nothing; what does not fit it is a fault
   */
  static HealthCheckOverride override(Fields fields, HealthCheckSpec below) {
    @Nullable List<Integer> expect = expect(fields);
    HealthCheckOverride read =
        fields.build(
            HealthCheckOverride.NONE,
            () -> {
              HealthCheckOverride said =
                  probe(fields, thresholds(fields)).expect(expect).override();
              HealthCheckSpec unused = said.over(below);
              return said;
            });
    fields.end();
    return read;
  }

  private static HealthCheckEditor thresholds(Fields fields) {
    return new HealthCheckEditor()
        .mode(said(fields, "mode", key -> Scalars.choice(fields, key, DEFAULT.mode())))
        .interval(
            said(fields, "interval", key -> Scalars.duration(fields, key, DEFAULT.interval())))
        .timeout(said(fields, "timeout", key -> Scalars.duration(fields, key, DEFAULT.timeout())))
        .successThreshold(
            number(
                fields,
                "success-threshold",
                HealthCheckSpec.SUCCESS_THRESHOLD,
                DEFAULT.successThreshold()))
        .fall(number(fields, "fall", HealthCheckSpec.FALL, DEFAULT.fall()))
        .count5xx(said(fields, "count-5xx", key -> Scalars.flag(fields, key, DEFAULT.count5xx())))
        .fall5xx(number(fields, "fall-5xx", HealthCheckSpec.FALL, DEFAULT.fall5xx()));
  }

  private static HealthCheckEditor probe(Fields fields, HealthCheckEditor into) {
    return into.kind(said(fields, "kind", key -> Scalars.choice(fields, key, DEFAULT.kind())))
        .method(text(fields, "method", HealthCheckSpec.METHOD_WANTED, DEFAULT.method()))
        .path(text(fields, "path", "a path that starts with '/'", DEFAULT.path()))
        .host(
            said(
                fields,
                "host",
                key -> fields.parsed(key, HostText.WANTED, DEFAULT.host(), HostText::parse)))
        .match(text(fields, "match", HealthCheckSpec.MATCH_WANTED, ""));
  }

  private static @Nullable String text(Fields fields, String key, String wanted, String fallback) {
    return said(fields, key, each -> Scalars.text(fields, each, wanted, fallback));
  }

  private static @Nullable Integer number(Fields fields, String key, IntRange range, int fallback) {
    return said(fields, key, each -> Scalars.integer(fields, each, range, fallback));
  }

  /** Null when {@code key} is absent or was refused. */
  private static <T> @Nullable T said(Fields fields, String key, Function<String, T> reader) {
    if (!fields.has(key)) {
      return null;
    }
    T read = reader.apply(key);
    return fields.value(key) == null ? null : read;
  }

  private static @Nullable List<Integer> expect(Fields fields) {
    List<Integer> read = Items.integers(fields, "expect", HealthCheckSpec.STATUS, List.of());
    if (fields.value("expect") instanceof Sequence written && written.items().isEmpty()) {
      fields.refuse("expect", "at least one status code", "none");
    }
    return read.isEmpty() ? null : read;
  }
}
