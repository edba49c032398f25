package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.amend.BackendAmendments;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /director/:d/backends/} and {@code /director/:d/backends/:b}. [w] */
final class BackendResource {
  private final DirectorResource directors;
  private final Edits edits;
  private final Views views;

  BackendResource(DirectorResource directors, Edits edits, Views views) {
    this.directors = directors;
    this.edits = edits;
    this.views = views;
  }

  Answer list(Call call) {
    DirectorView view = directors.find(call).view();
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    view.backends().forEach(backend -> all.set(backend.spec().name(), views.backend(backend)));
    return Answer.of(200, all).tagged(view.version());
  }

  Answer get(Call call) {
    DirectorView view = directors.find(call).view();
    BackendView backend = find(view, call.name(1));
    if (backend == null) {
      throw notFound(call.name(0), call.name(1));
    }
    return Answer.of(200, views.backend(backend)).tagged(view.version());
  }

  Answer put(Call call) {
    Edits.Done done = make(call, BackendAmendments::put);
    String name = call.name(1);
    return done.before().hasBackend(name)
        ? changed(200, done, name)
        : changed(201, done, name)
            .with("Location", "/director/%s/backends/%s".formatted(call.name(0), name));
  }

  Answer post(Call call) {
    return changed(200, make(call, BackendAmendments::post), call.name(1));
  }

  Answer delete(Call call) {
    Edits.Done done = make(call, BackendAmendments::delete);
    String name = call.name(1);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", name).put("removal", done.draft().cut().contains(name) ? "cut" : "draining");
    return Answer.of(202, body).tagged(done.version());
  }

  Answer lock(Call call) {
    return Answer.noContent().tagged(make(call, BackendAmendments::lock).version());
  }

  Answer unlock(Call call) {
    return Answer.noContent().tagged(make(call, BackendAmendments::unlock).version());
  }

  private Edits.Done make(Call call, Function<Call, Amendment> change) {
    directors.find(call);
    return edits.make(call.name(0), change.apply(call));
  }

  private Answer changed(int status, Edits.Done done, String name) {
    DirectorView view = directors.view(done);
    BackendView backend = find(view, name);
    ObjectNode body =
        backend == null ? views.backend(find(done.after(), name)) : views.backend(backend);
    return Answer.of(status, body).tagged(Math.max(done.version(), view.version()));
  }

  private static @Nullable BackendView find(DirectorView view, String name) {
    return view.backends().stream()
        .filter(backend -> backend.spec().name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static BackendSpec find(DirectorSpec spec, String name) {
    return spec.backends().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ApiError notFound(String director, String name) {
    return ApiError.of(
        ApiError.Code.NOT_FOUND, "director '%s' has no backend '%s'".formatted(director, name));
  }
}
