package dev.usher.sidecar.admin;

import dev.usher.sidecar.admin.amend.OverrideAmendments;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.director.change.Definition;

/** {@code /director/:d/overrides}: where a director differs from the file. [w] */
final class OverridesResource {
  private final DirectorResource directors;
  private final Edits edits;

  OverridesResource(DirectorResource directors, Edits edits) {
    this.directors = directors;
    this.edits = edits;
  }

  /** None for a director that the file does not have. */
  Answer list(Call call) {
    Definition current = directors.find(call).definition();
    return Answer.of(200, Views.overrides(current)).tagged(current.version());
  }

  Answer delete(Call call) {
    directors.find(call);
    return directors.changed(200, edits.make(call.name(0), OverrideAmendments.delete(call)));
  }
}
