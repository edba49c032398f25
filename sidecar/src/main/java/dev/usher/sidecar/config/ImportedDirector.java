package dev.usher.sidecar.config;

import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import org.jspecify.annotations.Nullable;

/**
 * A director of a file that is put in force through the admin API.
 *
 * @param endpoint what a director on demand answers for; null for any other
 */
public record ImportedDirector(DirectorSpec spec, @Nullable Endpoint endpoint) {
  public String name() {
    return spec.name();
  }
}
