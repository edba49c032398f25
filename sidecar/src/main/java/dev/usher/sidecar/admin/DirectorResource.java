package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Director.Versioned;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.DirectorView;
import dev.usher.sidecar.director.Directors;
import java.util.Map;

/** {@code /director/} and {@code /director/:d}. [w] */
final class DirectorResource {
  private final Directors directors;
  private final Views views;

  DirectorResource(Directors directors, Views views) {
    this.directors = directors;
    this.views = views;
  }

  /** The director of the path. */
  Director find(Call call) {
    Director director = directors.find(call.name(0));
    if (director == null) {
      throw ApiError.of(ApiError.Code.NOT_FOUND, "no director '%s'".formatted(call.name(0)));
    }
    return director;
  }

  Answer list(Call call) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    directors.all().forEach(director -> all.set(director.name(), views.director(director.view())));
    return Answer.of(200, all);
  }

  Answer get(Call call) {
    DirectorView view = find(call).view();
    return Answer.of(200, views.director(view)).tagged(view.version());
  }

  Answer config(Call call) {
    Versioned current = find(call).spec();
    Answer answer =
        call.preconditions().notModified(current.version())
            ? new Answer(304, null, Map.of())
            : Answer.of(200, SpecWriter.director(current.spec()));
    return answer.tagged(current.version());
  }

  Answer put(Call call) {
    refuseOnDemand(call);
    String name = call.name(0);
    call.takeName(name);
    DirectorSpec next = Specs.director(name, call.fields());
    Director existing = directors.find(name);
    if (existing == null) {
      call.preconditions().checkAbsent();
      Director created = directors.create(next);
      if (created != null) {
        return changed(201, created, 0).with("Location", "/director/" + name);
      }
      existing = find(call);
    }
    Edits.Done done =
        Edits.edit(
            existing,
            current -> {
              call.preconditions().checkExisting(current.version());
              return next;
            });
    return changed(200, existing, done.version());
  }

  private static void refuseOnDemand(Call call) {
    for (String key : new String[] {"hostname", "port"}) {
      if (call.fields().has(key)) {
        throw ApiError.of(
            ApiError.Code.IMPOSSIBLE,
            key + ": on-demand directors are not available in this version",
            key);
      }
    }
  }

  Answer post(Call call) {
    Director director = find(call);
    call.takeName(director.name());
    Edits.Done done =
        Edits.edit(
            director,
            current -> {
              call.preconditions().checkExisting(current.version());
              ObjectNode tree = SpecWriter.director(current.spec());
              return Specs.director(director.name(), Fields.merge(tree, call.fields()));
            });
    return changed(200, director, done.version());
  }

  Answer delete(Call call) {
    call.wantNoMore();
    Director director = find(call);
    Edits.commit(
        director,
        current -> {
          call.preconditions().checkExisting(current.version());
          return new Edits.Asked(
              current.spec(), directors.remove(director.name(), current.version()));
        });
    return Answer.noContent();
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
            find(call),
            current -> {
              call.preconditions().checkExisting(current.version());
              DirectorSpec spec = current.spec();
              return spec.withSettings(spec.settings().edit().enabled(enabled).build());
            });
    return Answer.noContent().tagged(done.version());
  }

  private Answer changed(int status, Director director, long version) {
    DirectorView view = director.view();
    return Answer.of(status, views.director(view)).tagged(Math.max(version, view.version()));
  }
}
