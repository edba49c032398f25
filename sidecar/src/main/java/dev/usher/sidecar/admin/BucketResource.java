package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.bucket.BucketName;
import dev.usher.sidecar.admin.view.Explanations;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.DirectorView;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.shaper.Explanation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code /director/:d/buckets/} and {@code /director/:d/buckets/:k}, wherever in the tree. A field
 * {@code parent} places a bucket; one that cannot be its parent is impossible here (422), not a
 * path that is not found. PUT replaces what is below the bucket as well. [w]
 */
final class BucketResource {
  private static final String PARENT = "parent";

  private final DirectorResource directors;
  private final Edits edits;
  private final Views views;

  BucketResource(DirectorResource directors, Edits edits, Views views) {
    this.directors = directors;
    this.edits = edits;
    this.views = views;
  }

  /** All of them flat, the root first; each has its children below it as well. */
  Answer list(Call call) {
    DirectorView view = directors.find(call).view();
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    addAll(view.shaper(), all);
    return Answer.of(200, all).tagged(view.version());
  }

  private void addAll(BucketView bucket, ObjectNode into) {
    into.set(bucket.name(), views.bucket(bucket));
    bucket.buckets().forEach(child -> addAll(child, into));
  }

  Answer get(Call call) {
    DirectorView view = directors.find(call).view();
    BucketView bucket = find(view.shaper(), call.name(1));
    if (bucket == null) {
      throw notFound(call);
    }
    return Answer.of(200, views.bucket(bucket)).tagged(view.version());
  }

  Answer explain(Call call) {
    Explanation why = Edits.await(directors.find(call).explain(call.name(1)));
    if (why == null) {
      throw notFound(call);
    }
    return Answer.of(200, Explanations.json(why));
  }

  Answer put(Call call) {
    Director director = directors.find(call);
    refuseRoot(call);
    String parent = call.take(PARENT);
    call.takeName(call.name(1));
    BucketSpec next = Specs.bucket(call.name(1), call.fields());
    Edits.Done done =
        edits.edit(
            director,
            current -> {
              if (BucketTree.find(current.spec().buckets(), next.name()) == null) {
                call.preconditions().checkAbsent();
              } else {
                call.preconditions().checkExisting(current.version());
              }
              return placed(current.spec(), next, parent);
            });
    boolean existed = BucketTree.find(done.before().buckets(), next.name()) != null;
    Answer answer = changed(existed ? 200 : 201, director, next.name(), done);
    return existed
        ? answer
        : answer.with(
            "Location", "/director/%s/buckets/%s".formatted(director.name(), next.name()));
  }

  Answer post(Call call) {
    Director director = directors.find(call);
    refuseRoot(call);
    String parent = call.take(PARENT);
    call.takeName(call.name(1));
    Edits.Done done =
        edits.edit(
            director,
            current -> {
              BucketSpec old = existing(current.spec(), call);
              call.preconditions().checkExisting(current.version());
              ObjectNode tree = Fields.merge(SpecWriter.bucket(old), call.fields());
              return placed(current.spec(), Specs.bucket(old.name(), tree), parent);
            });
    return changed(200, director, call.name(1), done);
  }

  /** Takes a bucket out with all below it; the director moves the waiters up. */
  Answer delete(Call call) {
    call.wantNoMore();
    Director director = directors.find(call);
    refuseRoot(call);
    Edits.Done done =
        edits.edit(
            director,
            current -> {
              BucketSpec old = existing(current.spec(), call);
              call.preconditions().checkExisting(current.version());
              return current
                  .spec()
                  .withBuckets(BucketTree.without(current.spec().buckets(), old.name()));
            });
    return Answer.noContent().tagged(done.version());
  }

  /**
   * Puts {@code next} in force where its name is; with a parent under that; a new one without a
   * parent under the root.
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
      throw ApiError.of(
          ApiError.Code.IMPOSSIBLE, "%s: want %s, got '%s'".formatted(PARENT, why, wanted), PARENT);
    }
    return spec.withBuckets(moved);
  }

  private static void refuseRoot(Call call) {
    if (call.name(1).equals(BucketName.ROOT)) {
      throw ApiError.of(
          ApiError.Code.IMPOSSIBLE, "name: the root has no settings and cannot go", "name");
    }
  }

  private Answer changed(int status, Director director, String name, Edits.Done done) {
    DirectorView view = director.view();
    BucketView bucket = find(view.shaper(), name);
    ObjectNode body =
        bucket != null
            ? views.bucket(bucket)
            : views.bucket(Objects.requireNonNull(BucketTree.find(done.after().buckets(), name)));
    return Answer.of(status, body).tagged(Math.max(done.version(), view.version()));
  }

  private static @Nullable BucketView find(BucketView tree, String name) {
    if (tree.name().equals(name)) {
      return tree;
    }
    for (BucketView child : tree.buckets()) {
      BucketView found = find(child, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static BucketSpec existing(DirectorSpec spec, Call call) {
    BucketSpec bucket = BucketTree.find(spec.buckets(), call.name(1));
    if (bucket == null) {
      throw notFound(call);
    }
    return bucket;
  }

  private static ApiError notFound(Call call) {
    return ApiError.of(
        ApiError.Code.NOT_FOUND,
        "director '%s' has no bucket '%s'".formatted(call.name(0), call.name(1)));
  }
}
