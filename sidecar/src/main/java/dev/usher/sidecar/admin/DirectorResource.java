package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.amend.DirectorAmendments;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.view.DirectorView;
import java.util.Map;

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
    return find(call.name(0));
  }

  private Director find(String name) {
    Director director = directors.find(name);
    if (director == null) {
      throw ApiError.of(ApiError.Code.NOT_FOUND, "no director '%s'".formatted(name));
    }
    return director;
  }

  /** The state of a director that was changed. */
  DirectorView view(Edits.Done done) {
    Director known = done.draft().director();
    return (known == null ? find(done.draft().name()) : known).view();
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
    Amendment amendment = DirectorAmendments.put(call);
    while (true) {
      Edits.Done done = edits.make(name, amendment);
      if (done.existed()) {
        return changed(200, done);
      }
      Director created = directors.find(name);
      if (created != null) {
        return changed(201, done, created.view()).with("Location", "/director/" + name);
      }
      // Created, and removed by somebody else since: once more.
    }
  }

  Answer post(Call call) {
    find(call);
    return changed(200, edits.make(call.name(0), DirectorAmendments.post(call)));
  }

  Answer delete(Call call) {
    edits.make(call.name(0), DirectorAmendments.delete(call));
    return Answer.noContent();
  }

  Answer lock(Call call) {
    return enabled(call, DirectorAmendments.lock(call));
  }

  Answer unlock(Call call) {
    return enabled(call, DirectorAmendments.unlock(call));
  }

  private Answer enabled(Call call, Amendment amendment) {
    return Answer.noContent().tagged(edits.make(call.name(0), amendment).version());
  }

  /** The director after a change. */
  Answer changed(int status, Edits.Done done) {
    return changed(status, done, view(done));
  }

  private Answer changed(int status, Edits.Done done, DirectorView view) {
    return Answer.of(status, views.director(view)).tagged(Math.max(done.version(), view.version()));
  }
}
