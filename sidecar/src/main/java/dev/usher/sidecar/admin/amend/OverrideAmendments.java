package dev.usher.sidecar.admin.amend;

import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Preconditions;
import dev.usher.sidecar.config.override.Overrides;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.spec.DirectorSpec;
import org.jspecify.annotations.Nullable;

/** Changes of {@code /director/:d/overrides}. */
public final class OverrideAmendments {
  private static final String FIELD = "field";

  private OverrideAmendments() {}

  /** Goes back to what the file says; with {@code field=} only there and below. */
  public static Amendment delete(Call call) {
    String field = call.take(FIELD);
    call.wantNoMore();
    Preconditions preconditions = call.preconditions();
    return draft -> {
      Definition now = draft.existing();
      preconditions.checkExisting(now.version());
      return draft.with(takenBack(now, field));
    };
  }

  private static DirectorSpec takenBack(Definition now, @Nullable String field) {
    if (!(now.origin() instanceof Origin.File file)) {
      throw ApiError.impossible("name", "a director of the configuration file", now.name());
    }
    if (field == null) {
      return file.written();
    }
    if (!Overrides.isAnyAt(file.written(), now.spec(), field)) {
      throw ApiError.notFound(FIELD, "a field that is overridden, or what some are below", field);
    }
    return Specs.read(() -> Overrides.takenBack(file.written(), now.spec(), field));
  }
}
