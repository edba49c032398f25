package dev.usher.sidecar.shaper;

import dev.usher.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bucket of the model, or the leaf with a bucket's own requests. Sums are never kept. */
final class ModelNode {
  /** A request that waits or holds. */
  record Entry(int id, long age, int cost) {}

  final BucketSpec spec;
  final @Nullable ModelNode parent;
  final boolean isLeaf;
  final List<ModelNode> children = new ArrayList<>();
  final List<Entry> queue = new ArrayList<>();
  final List<Entry> held = new ArrayList<>();
  final ModelNode own;
  int rate;
  int ceil;
  boolean oversubscribed;

  ModelNode(BucketSpec spec, @Nullable ModelNode parent) {
    this.spec = spec;
    this.parent = parent;
    this.isLeaf = false;
    this.own = new ModelNode(this);
    for (BucketSpec child : spec.buckets()) {
      children.add(new ModelNode(child, this));
    }
  }

  private ModelNode(ModelNode bucket) {
    this.spec = bucket.spec;
    this.parent = bucket;
    this.isLeaf = true;
    this.own = this;
  }

  String name() {
    return spec.name();
  }

  /** From this node to the root. */
  List<ModelNode> path() {
    List<ModelNode> path = new ArrayList<>();
    for (ModelNode node = this; node != null; node = node.parent) {
      path.add(node);
    }
    return path;
  }

  /** The bucket and all buckets below, parents first. */
  Stream<ModelNode> walk() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(ModelNode::walk));
  }

  int depth() {
    return parent == null ? 0 : parent.depth() + 1;
  }

  int actual() {
    int sum = 0;
    for (Entry entry : own.held) {
      sum += entry.cost;
    }
    for (ModelNode child : children) {
      sum += child.actual();
    }
    return sum;
  }

  int weight() {
    return spec.weight() == BucketSpec.DEFAULT_WEIGHT ? Math.max(1, rate) : spec.weight();
  }

  /** Its own reserve, or what its children keep, whichever is more. */
  int kept() {
    int keptBelow = 0;
    for (ModelNode child : children) {
      keptBelow += child.kept();
    }
    if (rate <= 0 || spec.lend().equals(Share.ALL)) {
      return keptBelow;
    }
    Fraction unlent = Fraction.of(1).minus(of(spec.lend()));
    int mine = Math.min(Math.max(0, rate - actual()), unlent.times(Fraction.of(rate)).ceil());
    return Math.max(mine, keptBelow);
  }

  /** Loans held for the weight. */
  Fraction share() {
    return Fraction.of((long) actual() - rate, weight());
  }

  static Fraction of(Share share) {
    return share instanceof Share.Percent percent
        ? Fraction.of(percent.micros(), Share.Percent.MICROS_OF_ALL)
        : Fraction.of(((Share.Tokens) share).count());
  }
}
