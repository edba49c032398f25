package dev.usher.sidecar.admin;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds, places and takes out buckets of a tree of specifications; all results are new trees. */
final class BucketTree {
  private BucketTree() {}

  static @Nullable BucketSpec find(List<BucketSpec> tree, String name) {
    for (BucketSpec bucket : tree) {
      BucketSpec found = bucket.name().equals(name) ? bucket : find(bucket.buckets(), name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The bucket right above {@code name}; null when there is none of that name. */
  static @Nullable String parentOf(List<BucketSpec> tree, String name) {
    return parentOf(BucketName.ROOT, tree, name);
  }

  private static @Nullable String parentOf(String above, List<BucketSpec> tree, String name) {
    for (BucketSpec bucket : tree) {
      String found =
          bucket.name().equals(name) ? above : parentOf(bucket.name(), bucket.buckets(), name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Takes a bucket out, with all below it. */
  static List<BucketSpec> without(List<BucketSpec> tree, String name) {
    return map(tree, bucket -> bucket.name().equals(name) ? null : bucket);
  }

  /** Puts {@code next} where the bucket of its name is. */
  static List<BucketSpec> with(List<BucketSpec> tree, BucketSpec next) {
    return map(tree, bucket -> bucket.name().equals(next.name()) ? next : bucket);
  }

  /** Puts {@code added} last under {@code parent}; null when there is no such parent. */
  static @Nullable List<BucketSpec> under(List<BucketSpec> tree, String parent, BucketSpec added) {
    if (parent.equals(BucketName.ROOT)) {
      return append(tree, added);
    }
    BucketSpec above = find(tree, parent);
    return above == null ? null : with(tree, above.withBuckets(append(above.buckets(), added)));
  }

  private static List<BucketSpec> append(List<BucketSpec> siblings, BucketSpec added) {
    List<BucketSpec> more = new ArrayList<>(siblings);
    more.add(added);
    return more;
  }

  /** A bucket that {@code change} replaces is not looked into; null takes it out. */
  private static List<BucketSpec> map(
      List<BucketSpec> tree, Function<BucketSpec, @Nullable BucketSpec> change) {
    List<BucketSpec> mapped = new ArrayList<>();
    for (BucketSpec bucket : tree) {
      BucketSpec changed = change.apply(bucket);
      if (changed == bucket) {
        mapped.add(bucket.withBuckets(map(bucket.buckets(), change)));
      } else if (changed != null) {
        mapped.add(changed);
      }
    }
    return mapped;
  }
}
