package dev.usher.sidecar.cli.draw;

import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.stats.Wait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mean waits of the requests that a bucket granted between two views, for people; "-" when there
 * were none.
 */
record Waits(String assured, String loan) {

  /**
   * @param before the whole tree at the earlier view; a bucket that it lacks started at zero
   */
  static Waits of(BucketView bucket, BucketView before) {
    BucketView earlier = find(bucket.name(), List.of(before));
    BucketView.Stats now = bucket.stats();
    Wait assured = earlier == null ? Wait.NONE : earlier.stats().assuredWait();
    Wait loan = earlier == null ? Wait.NONE : earlier.stats().loanWait();
    return new Waits(mean(now.assuredWait(), assured), mean(now.loanWait(), loan));
  }

  private static @Nullable BucketView find(String name, List<BucketView> among) {
    for (BucketView each : among) {
      BucketView found = each.name().equals(name) ? each : find(name, each.buckets());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** A counter that went back was started anew: then all of it is recent. */
  private static String mean(Wait now, Wait before) {
    Wait from = now.count() < before.count() ? Wait.NONE : before;
    long count = now.count() - from.count();
    return count == 0 ? "-" : Millis.text((now.totalNanos() - from.totalNanos()) / count);
  }
}
