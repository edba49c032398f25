package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.bucket.BucketName;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.override.Comparison.Deviation;
import dev.usher.sidecar.config.override.Comparison.OfValue;
import dev.usher.sidecar.config.override.Comparison.OfWhole;
import dev.usher.sidecar.config.override.Facts.Kind;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the file says, with as many of the overrides as fit. Mostly all do. Else they are taken in
 * the order of {@link Rank}, each if what comes of it is a valid director; since one may make room
 * for another, until no further one fits. Of what does not fit together it is therefore a bucket's
 * share that gives way first, then its place, then the bucket. Not thread-safe.
 */
final class Fitting {
  private static final String RATE = "rate";
  private static final String ANY_NAME = "any";

  /** Overrides of a lower one are taken first. */
  private enum Rank {
    /** Takes no room from others in the tree: values, smaller rates, removals. */
    HARMLESS,
    ADDED,
    MOVED,
    LARGER_RATE
  }

  private final Facts file;
  private final Facts runtime;
  private Facts taken;
  private final List<Deviation> refused = new ArrayList<>();

  /**
   * @param file a valid director
   */
  Fitting(Facts file, Facts runtime) {
    this.file = file;
    this.runtime = runtime;
    this.taken = file;
  }

  /** The file's values with the runtime's where {@code overrides} say so and that fits. */
  Facts take(List<Deviation> overrides) {
    List<Deviation> possible = withParents(overrides);
    if (!takeTogether(possible)) {
      for (Rank rank : Rank.values()) {
        takeEach(possible.stream().filter(each -> rank(each) == rank).toList());
        takeRefused();
      }
    }
    return taken;
  }

  private void takeRefused() {
    int before = refused.size() + 1;
    while (!refused.isEmpty() && refused.size() < before) {
      before = refused.size();
      List<Deviation> again = List.copyOf(refused);
      refused.clear();
      takeEach(again);
    }
  }

  /** In halves: few do not fit, and to find out is a matter of the whole director. */
  private void takeEach(List<Deviation> overrides) {
    if (overrides.isEmpty() || takeTogether(overrides)) {
      return;
    }
    if (overrides.size() == 1) {
      refused.add(overrides.get(0));
      return;
    }
    int half = overrides.size() / 2;
    takeEach(overrides.subList(0, half));
    takeEach(overrides.subList(half, overrides.size()));
  }

  private boolean takeTogether(List<Deviation> overrides) {
    Facts next = taken.copy();
    overrides.forEach(each -> each.copy(runtime, next));
    try {
      DirectorSpec unused = next.spec(ANY_NAME);
    } catch (InvalidConfiguration | InvalidValue e) {
      return false;
    }
    taken = next;
    return true;
  }

  /** Without those below a bucket that is not there; a file may have dropped one with many. */
  private List<Deviation> withParents(List<Deviation> overrides) {
    List<Deviation> possible = new ArrayList<>(overrides);
    Set<String> there = new HashSet<>();
    do {
      there.clear();
      there.add(BucketName.ROOT);
      there.addAll(file.buckets().names());
      possible.forEach(each -> addAdded(each, there));
    } while (possible.removeIf(each -> !hasParent(each, there)));
    return possible;
  }

  private static void addAdded(Deviation each, Set<String> into) {
    if (each instanceof OfWhole whole && whole.added() && whole.kind() == Kind.BUCKETS) {
      into.addAll(whole.members());
    }
  }

  private boolean hasParent(Deviation each, Set<String> there) {
    boolean placed = rank(each) == Rank.ADDED || rank(each) == Rank.MOVED;
    return !placed || there.contains(runtime.buckets().parent(each.name()));
  }

  private Rank rank(Deviation each) {
    if (each.kind() != Kind.BUCKETS) {
      return Rank.HARMLESS;
    }
    if (each instanceof OfWhole whole) {
      return whole.added() ? Rank.ADDED : Rank.HARMLESS;
    }
    OfValue value = (OfValue) each;
    if (value.key().equals(Things.PARENT)) {
      return Rank.MOVED;
    }
    boolean larger = micros(runtime, value.name()) > micros(file, value.name());
    return value.key().equals(RATE) && larger ? Rank.LARGER_RATE : Rank.HARMLESS;
  }

  /** Shares of a level may be full, tokens are not summed up. */
  private static long micros(Facts facts, String bucket) {
    JsonNode rate = facts.buckets().value(bucket, RATE);
    return rate != null && Share.parse(RATE, rate.asText()) instanceof Share.Percent percent
        ? percent.micros()
        : 0;
  }
}
