package dev.usher.sidecar.cli.draw;

import dev.usher.sidecar.shaper.BucketView;

/** What a bucket has not promised to its children: assured to the requests tagged with itself. */
public final class Rest {
  private Rest() {}

  /** In tokens; the whole rate of a bucket without children. */
  public static int of(BucketView node) {
    int promised = node.buckets().stream().mapToInt(BucketView::rate).sum();
    return Math.max(0, node.rate() - promised);
  }
}
