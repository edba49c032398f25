package dev.usher.sidecar.admin.amend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketSpec;

/** Reads specifications whole, or refuses with every problem they have. */
final class Specs {
  private Specs() {}

  static DirectorSpec director(String name, ObjectNode fields) {
    return read(() -> SpecReader.director(name, fields));
  }

  static BackendSpec backend(String name, ObjectNode fields) {
    return read(() -> SpecReader.backend(name, fields));
  }

  static BucketSpec bucket(String name, ObjectNode fields) {
    return read(() -> SpecReader.bucket(name, fields));
  }

  interface Reader<T> {
    T read() throws InvalidConfiguration;
  }

  static <T> T read(Reader<T> reader) {
    try {
      return reader.read();
    } catch (InvalidConfiguration e) {
      throw ApiError.of(e);
    }
  }
}
