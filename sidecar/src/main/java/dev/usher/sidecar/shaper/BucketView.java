package dev.usher.sidecar.shaper;

import dev.usher.sidecar.stats.RatePerSecond;
import dev.usher.sidecar.stats.Retries;
import dev.usher.sidecar.stats.Wait;
import java.util.List;

/**
 * A bucket and all below it, read at one moment by any thread.
 *
 * @param spec as configured; the root's has rate and ceil 100 % and its name is {@code root}
 * @param rate tokens assured
 * @param ceil most tokens
 * @param actual tokens held by it and all below; the sum of {@code own} and the children's actual
 * @param own tokens held by requests tagged with the bucket itself
 * @param queued waiters of the bucket itself
 * @param oversubscribed whether its children's token rates had to be cut
 * @param requestsPerSecond requests of the bucket itself that got their tokens
 */
public record BucketView(
    String name,
    BucketSpec spec,
    int rate,
    int ceil,
    int actual,
    int own,
    int queued,
    boolean oversubscribed,
    Stats stats,
    RatePerSecond requestsPerSecond,
    List<BucketView> buckets) {

  /** The loan. */
  public int overrate() {
    return Math.max(0, actual - rate);
  }

  /**
   * What happened since start.
   *
   * @param granted requests that got their tokens
   * @param borrowed of these, those that got a loan
   * @param queued requests that had to wait
   * @param retries those that asked for tokens once more after a failed attempt
   * @param assuredWait how long those waited that got assured tokens; zero when granted at once
   * @param loanWait likewise for those that got a loan
   */
  public record Stats(
      long granted,
      long borrowed,
      long queued,
      long timedOut,
      long cancelled,
      long rejected,
      Retries retries,
      Wait assuredWait,
      Wait loanWait) {

    /** Counters without any recorded wait. */
    public Stats(
        long granted,
        long borrowed,
        long queued,
        long timedOut,
        long cancelled,
        long rejected,
        Retries retries) {
      this(granted, borrowed, queued, timedOut, cancelled, rejected, retries, Wait.NONE, Wait.NONE);
    }
  }
}
