package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.override.Facts.Kind;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Where values that were chosen one by one do not fit together, the file has its way: with
 * places and rates of buckets, if need be with all buckets, at the very end with all.
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
    return merge.merged(writtenNow);
  }

  private Merged merged(DirectorSpec fallback) {
    Facts chosen = new Facts(chosen(Kind.SETTINGS), chosen(Kind.BACKENDS), buckets());
    for (Facts facts : List.of(chosen, chosen.withBuckets(writtenNow.buckets()))) {
      try {
        return new Merged(facts.spec(fallback.name()), lost(facts));
      } catch (InvalidConfiguration | InvalidValue e) {
        // The file has its way with more of it then, and what is lost by that is told.
      }
    }
    return new Merged(fallback, lost(writtenNow));
  }

  private List<LostOverride> lost(Facts result) {
    return new Losses(writtenBefore, inForce, writtenNow, result).all();
  }

  private Things buckets() {
    return ordered(Kind.BUCKETS, TreeRepair.repair(chosen(Kind.BUCKETS), writtenNow.buckets()));
  }

  private Things chosen(Kind kind) {
    Things before = writtenBefore.of(kind);
    Things runtime = inForce.of(kind);
    Things now = writtenNow.of(kind);
    Set<String> staysOut = staysOut(kind);
    Things chosen = new Things();
    for (String name : now.names()) {
      if (before.has(name) && runtime.has(name)) {
        chosen.put(name, values(before.values(name), runtime.values(name), now.values(name)));
      } else if (!staysOut.contains(name)) {
        chosen.put(name, Objects.requireNonNull(now.values(name), name));
      }
    }
    for (String name : runtime.names()) {
      if (!now.has(name) && !before.has(name)) {
        chosen.put(name, Objects.requireNonNull(runtime.values(name), name));
      }
    }
    return ordered(kind, chosen);
  }

  private static Map<String, JsonNode> values(
      @Nullable Map<String, JsonNode> before,
      @Nullable Map<String, JsonNode> runtime,
      @Nullable Map<String, JsonNode> now) {
    Map<String, JsonNode> chosen = new LinkedHashMap<>();
    for (String key : Comparison.keys(now, runtime)) {
      boolean kept = Objects.equals(get(before, key), get(now, key));
      JsonNode value = get(kept ? runtime : now, key);
      if (value != null) {
        chosen.put(key, value);
      }
    }
    return chosen;
  }

  private static @Nullable JsonNode get(@Nullable Map<String, JsonNode> values, String key) {
    return values == null ? null : values.get(key);
  }

  /** The names of what was removed at runtime and of which the file says what it said before. */
  private Set<String> staysOut(Kind kind) {
    Things before = writtenBefore.of(kind);
    Set<String> staysOut = new HashSet<>();
    Set<String> removed = Comparison.missing(before, inForce.of(kind));
    before
        .pieces(removed)
        .values()
        .forEach(
            piece -> {
              if (isUnchanged(before, writtenNow.of(kind), piece)) {
                staysOut.addAll(piece);
              }
            });
    return staysOut;
  }

  /** Whether the file has put nothing new in a piece and changed nothing of it. */
  static boolean isUnchanged(Things before, Things now, Set<String> piece) {
    return piece.stream().allMatch(name -> Objects.equals(before.values(name), now.values(name)))
        && now.names().stream()
            .filter(name -> piece.contains(now.parent(name)))
            .allMatch(name -> before.has(name) && before.parent(name).equals(now.parent(name)));
  }

  private Things ordered(Kind kind, Things things) {
    List<String> file = writtenNow.of(kind).names();
    boolean reordered = !file.equals(writtenBefore.of(kind).names());
    return things.inOrder(reordered ? file : inForce.of(kind).names());
  }
}
