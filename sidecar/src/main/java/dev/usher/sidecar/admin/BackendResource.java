package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.BackendView;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.DirectorView;
import dev.usher.sidecar.director.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
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
    Director director = directors.find(call);
    call.takeName(call.name(1));
    BackendSpec next = Specs.backend(call.name(1), call.fields());
    Edits.Done done =
        edits.edit(
            director,
            current -> {
              if (find(current.spec(), next.name()) != null) {
                call.preconditions().checkExisting(current.version());
              } else {
                checkNotLeaving(director, next.name());
                call.preconditions().checkAbsent();
              }
              return with(current.spec(), next);
            });
    boolean existed = find(done.before(), next.name()) != null;
    Answer answer = changed(existed ? 200 : 201, director, next, done.version());
    return existed
        ? answer
        : answer.with(
            "Location", "/director/%s/backends/%s".formatted(director.name(), next.name()));
  }

  Answer post(Call call) {
    call.takeName(call.name(1));
    return edit(
        call,
        old -> Specs.backend(old.name(), Fields.merge(SpecWriter.backend(old), call.fields())));
  }

  /** Drains; a backend that drains already may still be cut. */
  Answer delete(Call call) {
    boolean now = call.takeFlag("now");
    call.wantNoMore();
    Director director = directors.find(call);
    String name = call.name(1);
    Edits.Done done =
        edits.commit(
            director,
            current -> {
              if (!now || !isLeaving(director, name)) {
                existing(director, current.spec(), name);
              }
              call.preconditions().checkExisting(current.version());
              return new Step.Replace(
                  current.spec().withoutBackend(name),
                  current.version(),
                  now ? Set.of(name) : Set.of());
            });
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", name).put("removal", now ? "cut" : "draining");
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
    Answer answer = edit(call, old -> old.withEnabled(enabled));
    return new Answer(204, null, answer.headers());
  }

  private Answer edit(Call call, UnaryOperator<BackendSpec> change) {
    Director director = directors.find(call);
    String name = call.name(1);
    Edits.Done done =
        edits.edit(
            director,
            current -> {
              BackendSpec old = existing(director, current.spec(), name);
              call.preconditions().checkExisting(current.version());
              return with(current.spec(), change.apply(old));
            });
    return changed(200, director, existing(director, done.after(), name), done.version());
  }

  private Answer changed(int status, Director director, BackendSpec spec, long version) {
    DirectorView view = director.view();
    BackendView backend = find(view, spec.name());
    ObjectNode body = backend == null ? views.backend(spec) : views.backend(backend);
    return Answer.of(status, body).tagged(Math.max(version, view.version()));
  }

  private static DirectorSpec with(DirectorSpec spec, BackendSpec next) {
    List<BackendSpec> backends = new ArrayList<>(spec.backends());
    backends.replaceAll(old -> old.name().equals(next.name()) ? next : old);
    if (!backends.contains(next)) {
      backends.add(next);
    }
    return spec.withBackends(backends);
  }

  private static @Nullable BackendSpec find(DirectorSpec spec, String name) {
    return spec.backends().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable BackendView find(DirectorView view, String name) {
    return view.backends().stream()
        .filter(backend -> backend.spec().name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static BackendSpec existing(Director director, DirectorSpec spec, String name) {
    BackendSpec backend = find(spec, name);
    if (backend == null) {
      checkNotLeaving(director, name);
      throw notFound(director.name(), name);
    }
    return backend;
  }

  /** A backend that was removed and still finishes requests: seen, but no longer configured. */
  private static boolean isLeaving(Director director, String name) {
    BackendView backend = find(director.view(), name);
    return backend != null
        && backend.spec().role() == Role.TERMINATING
        && find(director.definition().spec(), name) == null;
  }

  private static void checkNotLeaving(Director director, String name) {
    if (isLeaving(director, name)) {
      throw ApiError.of(
          ApiError.Code.ALREADY_TERMINATING, "backend '%s' is already terminating".formatted(name));
    }
  }

  private static ApiError notFound(String director, String name) {
    return ApiError.of(
        ApiError.Code.NOT_FOUND, "director '%s' has no backend '%s'".formatted(director, name));
  }
}
