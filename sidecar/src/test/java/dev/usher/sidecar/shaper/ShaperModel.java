package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.ModelNode.Entry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The shaper slow and obvious: decides by looking at everything, every time. */
final class ShaperModel {
  /** Somebody who got tokens. */
  record Grant(int id, boolean borrowed) {}

  private int capacity;
  ModelNode root;

  ShaperModel(List<BucketSpec> buckets) {
    root = new ModelNode(BucketSpec.root(buckets), null);
    resize(0);
  }

  void resize(int tokens) {
    capacity = tokens;
    root.rate = tokens;
    root.ceil = tokens;
    ModelRates.resolve(root);
  }

  ModelNode find(String name) {
    return Objects.requireNonNull(find(root, name), name);
  }

  private static @Nullable ModelNode find(ModelNode node, String name) {
    ModelNode found = node.name().equals(name) ? node : null;
    for (ModelNode child : node.children) {
      found = found == null ? find(child, name) : found;
    }
    return found;
  }

  void reshape(List<BucketSpec> buckets) {
    ModelNode former = root;
    root = new ModelNode(BucketSpec.root(buckets), null);
    Set<String> living = root.walk().map(ModelNode::name).collect(Collectors.toSet());
    former
        .walk()
        .forEach(
            old -> {
              String heir =
                  old.path().stream()
                      .map(ModelNode::name)
                      .filter(living::contains)
                      .findFirst()
                      .orElseThrow();
              find(heir).own.held.addAll(old.own.held);
              find(heir).own.queue.addAll(old.own.queue);
            });
    root.walk().forEach(node -> node.own.queue.sort(Comparator.comparingLong(Entry::age)));
    resize(capacity);
  }

  /** Grants now, or lets the request wait in the order of age. */
  @Nullable Grant ask(String bucket, Entry request) {
    ModelNode leaf = find(bucket).own;
    if (leaf.queue.isEmpty() && fits(leaf, request.cost())) {
      return grant(leaf, request);
    }
    leaf.queue.add(request);
    leaf.queue.sort(Comparator.comparingLong(Entry::age));
    return null;
  }

  /** A request gives its tokens back or leaves its queue. */
  void forget(int id) {
    forget(root, id);
  }

  private static void forget(ModelNode node, int id) {
    node.own.held.removeIf(entry -> entry.id() == id);
    node.own.queue.removeIf(entry -> entry.id() == id);
    for (ModelNode child : node.children) {
      forget(child, id);
    }
  }

  @Nullable Grant next() {
    ModelNode leaf = champion(root);
    return leaf == null ? null : grant(leaf, leaf.queue.remove(0));
  }

  private Grant grant(ModelNode leaf, Entry request) {
    boolean borrowed = lender(leaf, request.cost()) != leaf;
    leaf.held.add(request);
    return new Grant(request.id(), borrowed);
  }

  /** Ceils hold; and a loan leaves alone what others keep. */
  boolean fits(ModelNode leaf, int cost) {
    List<ModelNode> path = leaf.path();
    for (ModelNode node : path) {
      if (node.actual() + cost > node.ceil) {
        return false;
      }
    }
    if (lender(leaf, cost) == leaf) {
      return true;
    }
    Set<ModelNode> onPath = new HashSet<>(path);
    int kept = 0;
    for (ModelNode node : path.subList(1, path.size())) {
      for (ModelNode child : node.children) {
        kept += onPath.contains(child) ? 0 : child.kept();
      }
      if (node.actual() + cost + kept > node.ceil) {
        return false;
      }
    }
    return true;
  }

  ModelNode lender(ModelNode leaf, int cost) {
    for (ModelNode node : leaf.path()) {
      if (node.actual() + cost <= node.rate) {
        return node;
      }
    }
    return root;
  }

  /** Who comes first below a node: its sides send theirs, and these meet side by side. */
  private @Nullable ModelNode champion(ModelNode node) {
    ModelNode best = ready(node.own) ? node.own : null;
    ModelNode bestSide = node.own;
    for (ModelNode child : node.children) {
      ModelNode other = champion(child);
      if (other != null && (best == null || isBefore(child, other, bestSide, best))) {
        best = other;
        bestSide = child;
      }
    }
    return best;
  }

  private boolean ready(ModelNode leaf) {
    return !leaf.queue.isEmpty() && fits(leaf, leaf.queue.get(0).cost());
  }

  private boolean isBefore(ModelNode sideA, ModelNode a, ModelNode sideB, ModelNode b) {
    ModelNode lenderA = lender(a, a.queue.get(0).cost());
    ModelNode lenderB = lender(b, b.queue.get(0).cost());
    if ((lenderA == a) != (lenderB == b)) {
      return lenderA == a;
    }
    if (lenderA != a && lenderA.depth() != lenderB.depth()) {
      return lenderA.depth() > lenderB.depth();
    }
    if (a.spec.priority() != b.spec.priority()) {
      return a.spec.priority() < b.spec.priority();
    }
    int share = sideA.share().compareTo(sideB.share());
    return share != 0 ? share < 0 : a.queue.get(0).age() < b.queue.get(0).age();
  }
}
