package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.amend.BucketAmendments;
import dev.usher.sidecar.admin.amend.BucketTree;
import dev.usher.sidecar.admin.view.Explanations;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.shaper.Explanation;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /director/:d/buckets/} and {@code /director/:d/buckets/:k}, wherever in the tree. [w] */
final class BucketResource {
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
    Edits.Done done = make(call, BucketAmendments::put);
    String name = call.name(1);
    return BucketTree.find(done.before().buckets(), name) != null
        ? changed(200, done, name)
        : changed(201, done, name)
            .with("Location", "/director/%s/buckets/%s".formatted(call.name(0), name));
  }

  Answer post(Call call) {
    return changed(200, make(call, BucketAmendments::post), call.name(1));
  }

  Answer delete(Call call) {
    return Answer.noContent().tagged(make(call, BucketAmendments::delete).version());
  }

  private Edits.Done make(Call call, Function<Call, Amendment> change) {
    directors.find(call);
    return edits.make(call.name(0), change.apply(call));
  }

  private Answer changed(int status, Edits.Done done, String name) {
    DirectorView view = directors.view(done);
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

  private static ApiError notFound(Call call) {
    return ApiError.of(
        ApiError.Code.NOT_FOUND,
        "director '%s' has no bucket '%s'".formatted(call.name(0), call.name(1)));
  }
}
