package dev.usher.sidecar.config.override;

import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.override.Comparison.Deviation;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.List;

/** The fields in which a director differs from what the file says of it. */
public final class Overrides {
  private Overrides() {}

  /**
   * All fields that differ, settings first; none when only the order of backends or buckets does.
   * Between the file and what is in force these are the overrides; between any other two
   * specifications of a director likewise what changes.
   */
  public static List<Difference> between(DirectorSpec written, DirectorSpec inForce) {
    if (written.equals(inForce)) {
      return List.of();
    }
    Comparison comparison = new Comparison(Facts.of(written), Facts.of(inForce));
    return comparison.deviations().stream().map(comparison::show).toList();
  }

  /** Whether there is an override at {@code field} or below it. */
  public static boolean isAnyAt(DirectorSpec written, DirectorSpec inForce, String field) {
    Comparison comparison = new Comparison(Facts.of(written), Facts.of(inForce));
    return comparison.deviations().stream().anyMatch(each -> comparison.isAt(each, field));
  }

  /**
   * What is in force without the overrides at {@code field} and below it.
   *
   * @throws InvalidConfiguration when the file's values do not fit the overrides that stay
   * @throws InvalidValue when a bucket that stays would have nothing above it
   */
  public static DirectorSpec takenBack(DirectorSpec written, DirectorSpec inForce, String field)
      throws InvalidConfiguration {
    Facts file = Facts.of(written);
    Facts runtime = Facts.of(inForce);
    Facts result = runtime.copy();
    Comparison comparison = new Comparison(file, runtime);
    for (Deviation override : comparison.deviations()) {
      if (comparison.isAt(override, field)) {
        override.copy(file, result);
      }
    }
    return Reasons.restore(result.spec(inForce.name()), written, inForce, written);
  }
}
