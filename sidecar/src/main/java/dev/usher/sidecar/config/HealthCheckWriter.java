package dev.usher.sidecar.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.unit.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code health-check}. */
final class HealthCheckWriter {
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private HealthCheckWriter() {}

  /** All of it; {@code match} only where there is one. */
  static ObjectNode whole(HealthCheckSpec spec) {
    HealthCheckWriter writer = new HealthCheckWriter();
    writer.choice("mode", spec.mode());
    writer.choice("kind", spec.kind());
    writer.text("method", spec.method());
    writer.text("path", spec.path());
    writer.text("host", spec.host());
    writer.list("expect", spec.expect());
    writer.text("match", spec.match());
    writer.duration("interval", spec.interval());
    writer.duration("timeout", spec.timeout());
    writer.number("success-threshold", spec.successThreshold());
    writer.number("fall", spec.fall());
    writer.flag("count-5xx", spec.count5xx());
    writer.number("fall-5xx", spec.fall5xx());
    return writer.json;
  }

  /** What is said. */
  static ObjectNode override(HealthCheckOverride said) {
    HealthCheckWriter writer = new HealthCheckWriter();
    writer.choice("mode", said.mode());
    writer.choice("kind", said.kind());
    writer.text("method", said.method());
    writer.text("path", said.path());
    writer.text("host", said.host());
    writer.list("expect", said.expect());
    writer.text("match", said.match());
    writer.duration("interval", said.interval());
    writer.duration("timeout", said.timeout());
    writer.number("success-threshold", said.successThreshold());
    writer.number("fall", said.fall());
    writer.flag("count-5xx", said.count5xx());
    writer.number("fall-5xx", said.fall5xx());
    return writer.json;
  }

  private void choice(String key, @Nullable Enum<?> value) {
    text(key, value == null ? null : Scalars.kebab(value));
  }

  private void duration(String key, @Nullable Duration value) {
    text(key, value == null ? null : Durations.text(value));
  }

  private void text(String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private void number(String key, @Nullable Integer value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private void flag(String key, @Nullable Boolean value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private void list(String key, @Nullable List<Integer> values) {
    if (values != null) {
      ArrayNode array = json.putArray(key);
      values.forEach(array::add);
    }
  }
}
