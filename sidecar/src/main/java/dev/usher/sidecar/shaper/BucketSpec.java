package dev.usher.sidecar.shaper;

import dev.usher.bucket.BucketName;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import java.util.List;

/**
 * A bucket as it is configured, with the buckets below it.
 *
 * @param name unique in the director; {@code root} only for {@link #root}
 * @param rate assured share of the parent's rate
 * @param ceil most it may hold, as a share of the parent's ceil
 * @param priority 0 to 7, 0 gets loans first
 * @param weight its part of the loans, 1 to 1 000 000; 0 means its rate in tokens, at least 1
 * @param lend how much of its idle rate it lends out
 * @param cost tokens that one request holds, 1 to 1 000
 * @param buckets children, in the order in which they are written
 */
public record BucketSpec(
    String name,
    Share rate,
    Share ceil,
    int priority,
    int weight,
    Share.Percent lend,
    int cost,
    List<BucketSpec> buckets) {
  public static final IntRange PRIORITY = new IntRange(0, 7);
  public static final IntRange WEIGHT = new IntRange(1, 1_000_000);
  public static final IntRange COST = new IntRange(1, 1_000);
  public static final int DEFAULT_WEIGHT = 0;

  /** How deep buckets may be nested, those right below the root being the first level. */
  public static final int MOST_LEVELS = 16;

  public BucketSpec {
    if (!BucketName.isValid(name)) {
      throw InvalidValue.of("name", BucketName.WANTED, name);
    }
    if (name.equals(BucketName.ROOT) && !(rate.equals(Share.ALL) && ceil.equals(Share.ALL))) {
      throw InvalidValue.of("name", "a name other than the root's", name);
    }
    PRIORITY.check("priority", priority);
    if (weight != DEFAULT_WEIGHT) {
      WEIGHT.check("weight", weight);
    }
    COST.check("cost", cost);
    buckets = List.copyOf(buckets);
  }

  /** A bucket with defaults for all but its shares. */
  public static BucketSpec of(String name, String rate, String ceil, BucketSpec... children) {
    return new BucketSpec(
        name,
        Share.parse("rate", rate),
        Share.parse("ceil", ceil),
        0,
        DEFAULT_WEIGHT,
        Share.ALL,
        1,
        List.of(children));
  }

  /** What a view says about the root; never part of a configuration. */
  public static BucketSpec root(List<BucketSpec> buckets) {
    return new BucketSpec(
        BucketName.ROOT, Share.ALL, Share.ALL, 0, DEFAULT_WEIGHT, Share.ALL, 1, buckets);
  }

  public BucketSpec withBuckets(List<BucketSpec> children) {
    return new BucketSpec(name, rate, ceil, priority, weight, lend, cost, children);
  }
}
