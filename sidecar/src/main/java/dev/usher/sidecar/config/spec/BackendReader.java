package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Scalars;

/** Reads a backend: {@code {url: "http://10.0.0.3:8080", capacity: 10}}. */
public final class BackendReader {
  private static final Target NOWHERE = new Target("localhost", 80);
  private static final int SPARE_CAPACITY = BackendSpec.CAPACITY.min();
  private static final BackendSpec SPARE =
      new BackendSpec("spare", NOWHERE, SPARE_CAPACITY, Role.ACTIVE, true);

  private BackendReader() {}

  /** The backend; made up in part when {@code fields} got new faults. */
  public static BackendSpec read(String name, Fields fields) {
    fields.require("url", Target.WANTED);
    fields.require("capacity", BackendSpec.CAPACITY.wanted());
    BackendSpec spec =
        fields.build(
            SPARE,
            () ->
                new BackendSpec(
                    name,
                    fields.parsed("url", Target.WANTED, NOWHERE, Target::parse),
                    Scalars.integer(fields, "capacity", BackendSpec.CAPACITY, SPARE_CAPACITY),
                    Scalars.choice(fields, "role", Role.ACTIVE),
                    Scalars.flag(fields, "enabled", true)));
    fields.end();
    return spec;
  }
}
