package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Definition;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.DirectorView;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.Endpoint;
import dev.usher.sidecar.director.Origin;
import dev.usher.sidecar.director.Step;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /director/}, {@code /director/:d} and {@code /on-demand}. [w] */
final class DirectorResource {
  private final Directors directors;
  private final Edits edits;
  private final Views views;

  DirectorResource(Directors directors, Edits edits, Views views) {
    this.directors = directors;
    this.edits = edits;
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

  Answer onDemand(Call call) {
    return Answer.of(200, Views.onDemand(directors.onDemand()));
  }

  Answer get(Call call) {
    DirectorView view = find(call).view();
    return Answer.of(200, views.director(view)).tagged(view.version());
  }

  Answer config(Call call) {
    Definition current = find(call).definition();
    Answer answer =
        call.preconditions().notModified(current.version())
            ? new Answer(304, null, Map.of())
            : Answer.of(200, SpecWriter.director(current.spec()));
    return answer.tagged(current.version());
  }

  /** With a host and port, for requests that are for them; those stay as they were created. */
  Answer put(Call call) {
    String name = call.name(0);
    call.takeName(name);
    Endpoint endpoint = Endpoints.take(call);
    return put(call, Specs.director(name, call.fields()), endpoint);
  }

  /** Once more when the director is created or removed meanwhile. */
  private Answer put(Call call, DirectorSpec next, @Nullable Endpoint endpoint) {
    Director existing = directors.find(next.name());
    if (existing == null) {
      return create(call, next, endpoint);
    }
    try {
      Edits.Done done =
          edits.edit(
              existing,
              current -> {
                Endpoints.checkSame(current, endpoint);
                call.preconditions().checkExisting(current.version());
                return next;
              });
      return changed(200, existing, done.version());
    } catch (ApiError e) {
      if (e.code() == ApiError.Code.NOT_FOUND) {
        return put(call, next, endpoint);
      }
      throw e;
    }
  }

  private Answer create(Call call, DirectorSpec next, @Nullable Endpoint endpoint) {
    String name = next.name();
    call.preconditions().checkAbsent();
    Change change = Edits.await(directors.commit(new Step.Create(next, origin(endpoint))));
    if (change instanceof Change.Applied applied) {
      Director created = directors.find(name);
      return created == null
          ? put(call, next, endpoint)
          : changed(201, created, applied.version()).with("Location", "/director/" + name);
    }
    if (!(change instanceof Change.NameTaken)) {
      throw Edits.refused(name, change);
    }
    return put(call, next, endpoint);
  }

  private static Origin origin(@Nullable Endpoint endpoint) {
    return endpoint == null ? new Origin.Api() : new Origin.OnDemand(endpoint, false);
  }

  Answer post(Call call) {
    Director director = find(call);
    call.takeName(director.name());
    Endpoints.refuse(call);
    Edits.Done done =
        edits.edit(
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
    edits.commit(
        director,
        current -> {
          call.preconditions().checkExisting(current.version());
          return new Step.Remove(director.name(), current.version());
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
        edits.edit(
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
