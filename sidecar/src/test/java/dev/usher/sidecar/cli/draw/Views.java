package dev.usher.sidecar.cli.draw;

import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.stats.RatePerSecond;
import dev.usher.sidecar.stats.Retries;
import dev.usher.sidecar.stats.Wait;
import java.util.List;

/** Views of buckets, written short. */
public final class Views {
  private static final long MILLI = 1_000_000;

  private Views() {}

  /** A bucket without children. */
  public static BucketView leaf(String name, int rate, int ceil, int held, int waiting) {
    return leaf(name, rate, ceil, held, waiting, 0, 0);
  }

  /** One that granted one assured request and one loan, after these milliseconds. */
  public static BucketView leaf(
      String name, int rate, int ceil, int held, int waiting, double assured, double loan) {
    return new BucketView(
        name,
        BucketSpec.of(name, rate + "t", ceil + "t"),
        rate,
        ceil,
        held,
        held,
        waiting,
        false,
        stats(assured, loan),
        RatePerSecond.NONE,
        List.of());
  }

  /** A bucket of which {@code own} tokens are held by requests tagged with itself. */
  public static BucketView parent(
      String name, int rate, int ceil, int own, int waiting, BucketView... children) {
    int below = List.of(children).stream().mapToInt(BucketView::actual).sum();
    BucketSpec spec =
        name.equals("root")
            ? BucketSpec.root(List.of())
            : BucketSpec.of(name, rate + "t", ceil + "t");
    return new BucketView(
        name,
        spec,
        rate,
        ceil,
        own + below,
        own,
        waiting,
        false,
        new BucketView.Stats(0, 0, 0, 0, 0, 0, Retries.NONE),
        RatePerSecond.NONE,
        List.of(children));
  }

  public static BucketView root(int capacity, int own, int waiting, BucketView... children) {
    return parent("root", capacity, capacity, own, waiting, children);
  }

  public static BucketView.Stats stats(double assuredMillis, double loanMillis) {
    return new BucketView.Stats(
        2, 1, 1, 0, 0, 0, Retries.NONE, wait(assuredMillis), wait(loanMillis));
  }

  private static Wait wait(double millis) {
    long nanos = Math.round(millis * MILLI);
    return new Wait(1, nanos, nanos, nanos, nanos);
  }
}
