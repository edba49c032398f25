package dev.usher.sidecar.cli.draw;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.shaper.BucketView;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of the picture below the first.
 *
 * @param label the bucket, indented by its depth
 * @param own whether it shows only the requests tagged with the bucket itself
 * @param waits of the bucket's own requests
 */
record Row(String label, BucketView node, boolean own, Waits waits) {

  /** A row for each bucket; one more for a parent's own requests once it had any. */
  static List<Row> below(BucketView root, BucketView before) {
    List<Row> rows = new ArrayList<>();
    addChildren(rows, root, before, "");
    return rows;
  }

  private static void addChildren(
      List<Row> rows, BucketView parent, BucketView before, String indent) {
    for (BucketView child : parent.buckets()) {
      boolean leaf = child.buckets().isEmpty();
      rows.add(new Row(indent + child.name(), child, leaf, Waits.of(child, before)));
      addChildren(rows, child, before, indent + " ");
    }
    boolean used = parent.own() > 0 || parent.queued() > 0 || parent.stats().granted() > 0;
    if (used && (!parent.buckets().isEmpty() || isRoot(parent))) {
      String label = indent + (isRoot(parent) ? "no tag" : "(own)");
      rows.add(new Row(label, parent, true, Waits.of(parent, before)));
    }
  }

  private static boolean isRoot(BucketView node) {
    return node.name().equals(BucketName.ROOT);
  }

  static int waitingBelow(BucketView node) {
    return node.queued() + node.buckets().stream().mapToInt(Row::waitingBelow).sum();
  }

  int held() {
    return own ? node.own() : node.actual();
  }

  int assured() {
    return own ? Rest.of(node) : node.rate();
  }

  int waiting() {
    return own ? node.queued() : waitingBelow(node);
  }

  /** A parent's own tokens have no bar: they end the parent's, under the letter in brackets. */
  boolean hasBar() {
    return !own || (node.buckets().isEmpty() && !isRoot(node));
  }

  Bar bar(Letters letters, char free) {
    return Bar.of(node, letters, free);
  }
}
