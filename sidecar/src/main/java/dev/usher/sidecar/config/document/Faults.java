package dev.usher.sidecar.config.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects faults; beyond the first thousand it only counts them. One thread. */
public final class Faults {
  private static final int MOST = 1_000;

  /** Beyond these nobody is told what he may have meant, which takes its time. */
  private static final int MOST_EXPLAINED = 20;

  private final List<Fault> found = new ArrayList<>();
  private int more;

  public void add(Fault fault) {
    if (found.size() < MOST) {
      found.add(fault);
    } else {
      more++;
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether the next fault should say what may have been meant. */
  boolean isWorthExplaining() {
    return found.size() < MOST_EXPLAINED;
  }

  /** By place; of one place in the order in which they were found. */
  public List<Fault> inFileOrder() {
    List<Fault> ordered = new ArrayList<>(found);
    ordered.sort(Comparator.comparing(Fault::place));
    if (more > 0) {
      Place last = ordered.get(ordered.size() - 1).place();
      ordered.add(Fault.of(last, "", "at most " + MOST + " problems", more + " more"));
    }
    return ordered;
  }
}
