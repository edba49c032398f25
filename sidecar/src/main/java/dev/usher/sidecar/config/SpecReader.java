package dev.usher.sidecar.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.config.document.Faults;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.JsonValues;
import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.spec.BackendReader;
import dev.usher.sidecar.config.spec.BucketReader;
import dev.usher.sidecar.config.spec.DirectorReader;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.function.Function;

/**
 * Reads one director, backend or bucket from the shape it has in the YAML, as JSON. Numbers and
 * booleans may be JSON text. The whole object is read: what is absent gets its default. Keys of
 * problems begin inside the object ({@code queue-limit}, {@code buckets.vip.rate}); a bad name is
 * {@code name}. [any]
 */
public final class SpecReader {
  private SpecReader() {}

  public static DirectorSpec director(String name, JsonNode body) throws InvalidConfiguration {
    return read(body, fields -> DirectorReader.read(name, fields));
  }

  public static BackendSpec backend(String name, JsonNode body) throws InvalidConfiguration {
    return read(body, fields -> BackendReader.read(name, fields));
  }

  /** A bucket and all below it. */
  public static BucketSpec bucket(String name, JsonNode body) throws InvalidConfiguration {
    return read(body, fields -> new BucketReader().read(name, fields));
  }

  private static <T> T read(JsonNode body, Function<Fields, T> reader) throws InvalidConfiguration {
    Faults faults = new Faults();
    T spec = reader.apply(Fields.of(JsonValues.of(body, faults), "", Place.UNKNOWN, faults));
    InvalidConfiguration.throwIfAny(null, faults);
    return spec;
  }
}
