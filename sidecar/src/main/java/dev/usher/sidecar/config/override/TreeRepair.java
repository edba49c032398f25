package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.bucket.BucketName;
import dev.usher.unit.Share;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes one tree of buckets that were chosen one by one, some as the file has them and some as they
 * are at runtime. Where they do not fit, the file's places and rates come back, and what was added
 * at runtime below a bucket that is gone goes too.
 */
final class TreeRepair {
  private static final String RATE = "rate";

  private final Things tree;
  private final Things file;

  private TreeRepair(Things tree, Things file) {
    this.tree = tree;
    this.file = file;
  }

  /**
   * Repairs {@code tree} in place.
   *
   * @param file a tree that is whole, which comes back where nothing else helps
   * @return the repaired tree, or {@code file}
   */
  static Things repair(Things tree, Things file) {
    TreeRepair repair = new TreeRepair(tree, file);
    repair.attach();
    repair.breakCycles();
    repair.fallBackToRates();
    return repair.overfull().isEmpty() ? tree : file.copy();
  }

  /** The names that have a way up to the root. */
  static Set<String> attached(Things tree) {
    Map<String, List<String>> children = children(tree);
    Set<String> attached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(BucketName.ROOT));
    while (!open.isEmpty()) {
      for (String child : children.getOrDefault(open.pop(), List.of())) {
        attached.add(child);
        open.push(child);
      }
    }
    return attached;
  }

  private static Map<String, List<String>> children(Things tree) {
    Map<String, List<String>> children = new LinkedHashMap<>();
    for (String name : tree.names()) {
      children.computeIfAbsent(tree.parent(name), each -> new ArrayList<>()).add(name);
    }
    return children;
  }

  /** After this every bucket's parent is there. */
  private void attach() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (String name : tree.names()) {
        if (!isThere(tree.parent(name))) {
          changed = true;
          if (file.has(name)) {
            placeAsInFile(name);
          } else {
            tree.remove(name);
          }
        }
      }
    }
  }

  private boolean isThere(String parent) {
    return parent.equals(BucketName.ROOT) || tree.has(parent);
  }

  private void placeAsInFile(String name) {
    String parent = file.parent(name);
    tree.setParent(name, parent);
    while (!isThere(parent)) {
      tree.put(parent, Objects.requireNonNull(file.values(parent), parent));
      parent = file.parent(parent);
    }
  }

  /** A cycle has a bucket that was moved at runtime, since neither tree has one. */
  private void breakCycles() {
    Set<String> lost = lost();
    while (!lost.isEmpty()) {
      for (String name : cycle(lost.iterator().next())) {
        if (file.has(name)) {
          placeAsInFile(name);
        }
      }
      lost = lost();
    }
  }

  private Set<String> lost() {
    Set<String> lost = new LinkedHashSet<>(tree.names());
    lost.removeAll(attached(tree));
    return lost;
  }

  /** The cycle that is on the way up from {@code start}, which does not lead to the root. */
  private Set<String> cycle(String start) {
    Set<String> seen = new HashSet<>();
    String at = start;
    while (seen.add(at)) {
      at = tree.parent(at);
    }
    Set<String> cycle = new LinkedHashSet<>();
    while (cycle.add(at)) {
      at = tree.parent(at);
    }
    return cycle;
  }

  /** Where rates add up to more than all, those that the file has are the file's. */
  private void fallBackToRates() {
    for (String parent : overfull()) {
      for (String name : children(tree).getOrDefault(parent, List.of())) {
        if (file.has(name)) {
          tree.set(name, RATE, file.value(name, RATE));
        }
      }
    }
  }

  private List<String> overfull() {
    List<String> overfull = new ArrayList<>();
    children(tree)
        .forEach(
            (parent, names) -> {
              if (names.stream().mapToLong(this::micros).sum() > Share.Percent.MICROS_OF_ALL) {
                overfull.add(parent);
              }
            });
    return overfull;
  }

  private long micros(String name) {
    JsonNode rate = tree.value(name, RATE);
    return rate != null && Share.parse(RATE, rate.asText()) instanceof Share.Percent percent
        ? percent.micros()
        : 0;
  }
}
