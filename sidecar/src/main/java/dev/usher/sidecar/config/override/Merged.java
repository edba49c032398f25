package dev.usher.sidecar.config.override;

import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.List;

/**
 * A director of which the file may say something else than before.
 *
 * @param spec what shall be in force
 * @param lost overrides that are in it no more
 */
public record Merged(DirectorSpec spec, List<LostOverride> lost) {
  public Merged {
    lost = List.copyOf(lost);
  }
}
