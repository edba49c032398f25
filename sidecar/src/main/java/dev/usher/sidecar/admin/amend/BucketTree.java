package dev.usher.sidecar.admin.amend;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds, places and takes out buckets of a tree of specifications; all results are new trees. */
public final class BucketTree {
  private BucketTree() {}

  public static @Nullable BucketSpec find(List<BucketSpec> tree, String name) {
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
    return replace(tree, name, null);
  }

  /** Puts {@code next} where the bucket of its name is. */
  static List<BucketSpec> with(List<BucketSpec> tree, BucketSpec next) {
    return replace(tree, next.name(), next);
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

  private static List<BucketSpec> replace(
      List<BucketSpec> tree, String name, @Nullable BucketSpec next) {
    List<BucketSpec> replaced = new ArrayList<>();
    for (BucketSpec bucket : tree) {
      if (!bucket.name().equals(name)) {
        replaced.add(bucket.withBuckets(replace(bucket.buckets(), name, next)));
      } else if (next != null) {
        replaced.add(next);
      }
    }
    return replaced;
  }
}
