package dev.usher.sidecar.config.override;

import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.override.Comparison.Deviation;
import dev.usher.sidecar.config.override.Comparison.OfValue;
import dev.usher.sidecar.config.override.Comparison.OfWhole;
import dev.usher.sidecar.config.override.Facts.Kind;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in force after the file may have changed. Of each field: the runtime's value when the
 * file says what it said before, else the file's. A backend or bucket that was removed at runtime
 * stays out while the file says the same of it and of what was removed with it, else it is the
 * file's again, whole. One that was added at runtime stays unless the file has one of that name
 * now. What the file removed goes with all that was changed in it. The order of backends and
 * buckets is the file's when that changed, else the runtime's.
 *
 * <p>Where overrides do not fit what the file says now, as few as possible give way: see {@link
 * Fitting}. What the file has changed never does.
 */
public final class Merge {
  private final Facts writtenBefore;
  private final Facts inForce;
  private final Facts writtenNow;

  private Merge(Facts writtenBefore, Facts inForce, Facts writtenNow) {
    this.writtenBefore = writtenBefore;
    this.inForce = inForce;
    this.writtenNow = writtenNow;
  }

  /**
   * Merges, whatever is in the three; the result has the name of {@code writtenNow}.
   *
   * @param writtenBefore null when the file did not have the director
   */
  public static Merged of(
      @Nullable DirectorSpec writtenBefore, DirectorSpec inForce, DirectorSpec writtenNow) {
    return writtenNow.equals(writtenBefore)
        ? new Merged(inForce, List.of())
        : byField(writtenBefore, inForce, writtenNow);
  }

  static Merged byField(
      @Nullable DirectorSpec writtenBefore, DirectorSpec inForce, DirectorSpec writtenNow) {
    Merge merge =
        new Merge(
            writtenBefore == null ? Facts.none() : Facts.of(writtenBefore),
            Facts.of(inForce),
            Facts.of(writtenNow));
    Merged merged = merge.merged(writtenNow);
    return new Merged(
        Reasons.restore(merged.spec(), writtenBefore, inForce, writtenNow), merged.lost());
  }

  private Merged merged(DirectorSpec fallback) {
    Facts result = new Fitting(writtenNow, inForce).take(wanted()).inOrder(this::order);
    try {
      return new Merged(result.spec(fallback.name()), lost(result));
    } catch (InvalidConfiguration | InvalidValue e) {
      // Whatever is taken fits, so that this is the file alone, which somebody has accepted.
      return new Merged(fallback, lost(writtenNow));
    }
  }

  private List<LostOverride> lost(Facts result) {
    return new Losses(writtenBefore, inForce, writtenNow, result).all();
  }

  /** The overrides of which the file says what it said before. */
  private List<Deviation> wanted() {
    List<Deviation> wanted = new ArrayList<>();
    for (Deviation override : new Comparison(writtenBefore, inForce).deviations()) {
      Kind kind = override.kind();
      if (override instanceof OfWhole whole && whole.added()) {
        addEach(whole, wanted);
      } else if (override instanceof OfWhole whole) {
        if (isUnchanged(writtenBefore.of(kind), writtenNow.of(kind), whole.members())) {
          wanted.add(whole);
        }
      } else if (override instanceof OfValue value && isUnchanged(value)) {
        wanted.add(value);
      }
    }
    return wanted;
  }

  /** Of what was added at runtime each thing can stay by itself. */
  private void addEach(OfWhole added, List<Deviation> into) {
    for (String name : added.members()) {
      if (!writtenNow.of(added.kind()).has(name)) {
        into.add(new OfWhole(added.kind(), name, true, Set.of(name)));
      }
    }
  }

  private boolean isUnchanged(OfValue value) {
    Things before = writtenBefore.of(value.kind());
    Things now = writtenNow.of(value.kind());
    return now.has(value.name())
        && Objects.equals(
            before.value(value.name(), value.key()), now.value(value.name(), value.key()));
  }

  /** Whether the file has put nothing new in a piece and changed nothing of it. */
  static boolean isUnchanged(Things before, Things now, Set<String> piece) {
    return piece.stream().allMatch(name -> Objects.equals(before.values(name), now.values(name)))
        && now.names().stream()
            .filter(name -> piece.contains(now.parent(name)))
            .allMatch(name -> before.has(name) && before.parent(name).equals(now.parent(name)));
  }

  private List<String> order(Kind kind) {
    List<String> file = writtenNow.of(kind).names();
    boolean reordered = !file.equals(writtenBefore.of(kind).names());
    return reordered ? file : inForce.of(kind).names();
  }
}
