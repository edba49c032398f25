package dev.usher.sidecar.admin.amend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.bucket.BucketName;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.admin.web.Preconditions;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of {@code /director/:d/buckets/:k}, wherever in the tree. A field {@code parent} places a
 * bucket; one that cannot be its parent is impossible here (422), not a path that is not found.
 */
public final class BucketAmendments {
  private static final String PARENT = "parent";

  private BucketAmendments() {}

  /** Creates or replaces, with all below it. */
  public static Amendment put(Call call) {
    refuseRoot(call);
    String name = call.name(1);
    String parent = call.take(PARENT);
    call.takeName(name);
    BucketSpec next = Specs.bucket(name, call.fields());
    Preconditions preconditions = call.preconditions();
    return draft -> {
      Definition now = draft.existing();
      if (BucketTree.find(now.spec().buckets(), name) == null) {
        preconditions.checkAbsent();
      } else {
        preconditions.checkExisting(now.version());
      }
      return draft.with(placed(now.spec(), next, parent));
    };
  }

  /** Changes some properties. */
  public static Amendment post(Call call) {
    refuseRoot(call);
    String parent = call.take(PARENT);
    call.takeName(call.name(1));
    Preconditions preconditions = call.preconditions();
    return draft -> {
      BucketSpec old = existing(draft, call.name(1));
      Definition now = draft.existing();
      preconditions.checkExisting(now.version());
      ObjectNode tree = Fields.merge(SpecWriter.bucket(old), call.fields());
      return draft.with(placed(now.spec(), Specs.bucket(old.name(), tree), parent));
    };
  }

  /** Takes a bucket out with all below it; the director moves the waiters up. */
  public static Amendment delete(Call call) {
    call.wantNoMore();
    refuseRoot(call);
    Preconditions preconditions = call.preconditions();
    return draft -> {
      BucketSpec old = existing(draft, call.name(1));
      Definition now = draft.existing();
      preconditions.checkExisting(now.version());
      List<BucketSpec> rest = BucketTree.without(now.spec().buckets(), old.name());
      return draft.with(now.spec().withBuckets(rest));
    };
  }

  /**
   * Puts {@code next} where its name is; with a parent under that; a new one without a parent under
   * the root.
   */
  private static DirectorSpec placed(DirectorSpec spec, BucketSpec next, @Nullable String parent) {
    List<BucketSpec> tree = spec.buckets();
    boolean known = BucketTree.find(tree, next.name()) != null;
    String wanted = parent == null ? BucketName.ROOT : parent;
    if (known && (parent == null || parent.equals(BucketTree.parentOf(tree, next.name())))) {
      return spec.withBuckets(BucketTree.with(tree, next));
    }
    List<BucketSpec> rest = BucketTree.without(tree, next.name());
    List<BucketSpec> moved = BucketTree.under(rest, wanted, next);
    if (moved == null) {
      boolean below = BucketTree.find(tree, wanted) != null;
      String why = below ? "a bucket that is not the moved one or below it" : "an existing bucket";
      throw ApiError.impossible(PARENT, why, wanted);
    }
    return spec.withBuckets(moved);
  }

  private static void refuseRoot(Call call) {
    if (call.name(1).equals(BucketName.ROOT)) {
      throw ApiError.of(
          ApiError.Code.IMPOSSIBLE, "name: the root has no settings and cannot go", "name");
    }
  }

  private static BucketSpec existing(Draft draft, String name) {
    BucketSpec bucket = BucketTree.find(draft.existing().spec().buckets(), name);
    if (bucket == null) {
      throw ApiError.of(
          ApiError.Code.NOT_FOUND,
          "director '%s' has no bucket '%s'".formatted(draft.name(), name));
    }
    return bucket;
  }
}
