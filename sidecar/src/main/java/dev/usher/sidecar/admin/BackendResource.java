package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.BackendView;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.DirectorView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /director/:d/backends/} and {@code /director/:d/backends/:b}. [w] */
final class BackendResource {
  private final DirectorResource directors;
  private final Views views;

  BackendResource(DirectorResource directors, Views views) {
    this.directors = directors;
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
    for (BackendView backend : view.backends()) {
      if (backend.spec().name().equals(call.name(1))) {
        return Answer.of(200, views.backend(backend)).tagged(view.version());
      }
    }
    throw notFound(call);
  }

  Answer put(Call call) {
    Director director = directors.find(call);
    call.takeName(call.name(1));
    BackendSpec next = SpecReader.backend(call.name(1), call.fields());
    Edits.Done done =
        Edits.edit(
            director,
            current -> {
              BackendSpec old = find(current.spec(), call);
              if (old == null) {
                call.preconditions().checkAbsent();
              } else {
                checkServing(old);
                call.preconditions().checkExisting(current.version());
              }
              return with(current.spec(), next);
            });
    Answer answer = changed(director, next, done);
    return find(done.before(), call) != null
        ? answer
        : new Answer(201, answer.body(), answer.headers())
            .with("Location", "/director/%s/backends/%s".formatted(director.name(), next.name()));
  }

  Answer post(Call call) {
    Director director = directors.find(call);
    call.takeName(call.name(1));
    Edits.Done done =
        Edits.edit(
            director,
            current -> {
              BackendSpec old = existing(current.spec(), call);
              checkServing(old);
              call.preconditions().checkExisting(current.version());
              ObjectNode tree = Fields.merge(SpecWriter.backend(old), call.fields());
              return with(current.spec(), SpecReader.backend(old.name(), tree));
            });
    return changed(director, existing(director.spec().spec(), call), done);
  }

  /** Drains; a backend that drains already may still be cut. */
  Answer delete(Call call) {
    boolean now = call.takeFlag("now");
    call.wantNoMore();
    Director director = directors.find(call);
    Edits.Done done =
        Edits.commit(
            director,
            current -> {
              BackendSpec old = existing(current.spec(), call);
              if (!now) {
                checkServing(old);
              }
              call.preconditions().checkExisting(current.version());
              return director.removeBackend(old.name(), now, current.version());
            });
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", call.name(1)).put("removal", now ? "cut" : "draining");
    return Answer.of(202, body).tagged(done.version());
  }

  Answer lock(Call call) {
    return enable(call, false);
  }

  Answer unlock(Call call) {
    return enable(call, true);
  }

  private Answer enable(Call call, boolean enabled) {
    call.wantNoMore();
    Edits.Done done =
        Edits.edit(
            directors.find(call),
            current -> {
              BackendSpec old = existing(current.spec(), call);
              call.preconditions().checkExisting(current.version());
              return with(current.spec(), old.withEnabled(enabled));
            });
    return Answer.noContent().tagged(done.version());
  }

  private Answer changed(Director director, BackendSpec spec, Edits.Done done) {
    DirectorView view = director.view();
    ObjectNode body =
        view.backends().stream()
            .filter(backend -> backend.spec().name().equals(spec.name()))
            .findFirst()
            .map(views::backend)
            .orElseGet(() -> views.backend(spec));
    return Answer.of(200, body).tagged(Math.max(done.version(), view.version()));
  }

  private static void checkServing(BackendSpec backend) {
    if (backend.role() == Role.TERMINATING) {
      throw ApiError.of(
          ApiError.Code.ALREADY_TERMINATING,
          "backend '%s' is already terminating".formatted(backend.name()));
    }
  }

  private static DirectorSpec with(DirectorSpec spec, BackendSpec next) {
    List<BackendSpec> backends = new ArrayList<>(spec.backends());
    backends.replaceAll(old -> old.name().equals(next.name()) ? next : old);
    if (!backends.contains(next)) {
      backends.add(next);
    }
    return spec.withBackends(backends);
  }

  private static @Nullable BackendSpec find(DirectorSpec spec, Call call) {
    return spec.backends().stream()
        .filter(backend -> backend.name().equals(call.name(1)))
        .findFirst()
        .orElse(null);
  }

  private static BackendSpec existing(DirectorSpec spec, Call call) {
    BackendSpec backend = find(spec, call);
    if (backend == null) {
      throw notFound(call);
    }
    return backend;
  }

  private static ApiError notFound(Call call) {
    return ApiError.of(
        ApiError.Code.NOT_FOUND,
        "director '%s' has no backend '%s'".formatted(call.name(0), call.name(1)));
  }
}
