package dev.usher.sidecar.config.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects faults. One thread. */
public final class Faults {
  private final List<Fault> found = new ArrayList<>();

  public void add(Fault fault) {
    found.add(fault);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** By place; of one place in the order in which they were found. */
  public List<Fault> inFileOrder() {
    return found.stream().sorted(Comparator.comparing(Fault::place)).toList();
  }
}
