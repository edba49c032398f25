package dev.usher.sidecar.admin.amend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.admin.web.Preconditions;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import org.jspecify.annotations.Nullable;

/** Changes of {@code /director/:d}. */
public final class DirectorAmendments {
  private DirectorAmendments() {}

  /**
   * Creates or replaces. With a host and port, for requests that are for them; those stay as they
   * were created.
   */
  public static Amendment put(Call call) {
    String name = call.name(0);
    call.takeName(name);
    Endpoint endpoint = Endpoints.take(call);
    DirectorSpec next = Specs.director(name, call.fields());
    Preconditions preconditions = call.preconditions();
    return draft -> {
      if (!draft.isThere()) {
        preconditions.checkAbsent();
        return draft.created(next, origin(endpoint));
      }
      Endpoints.checkSame(draft.existing(), endpoint);
      preconditions.checkExisting(draft.existing().version());
      return draft.with(next);
    };
  }

  /** Why no director can be created for a host and port that {@code owner} has. */
  public static ApiError endpointTaken(String owner) {
    return ApiError.of(
        ApiError.Code.NAME_TAKEN,
        "hostname: director '%s' answers for this host and port".formatted(owner),
        "hostname");
  }

  private static Origin origin(@Nullable Endpoint endpoint) {
    return endpoint == null ? new Origin.Api() : new Origin.OnDemand(endpoint, false);
  }

  /** Changes some properties. */
  public static Amendment post(Call call) {
    String name = call.name(0);
    call.takeName(name);
    Endpoints.refuse(call);
    Preconditions preconditions = call.preconditions();
    return draft -> {
      Definition now = draft.existing();
      preconditions.checkExisting(now.version());
      ObjectNode tree = SpecWriter.director(now.spec());
      return draft.with(Specs.director(name, Fields.merge(tree, call.fields())));
    };
  }

  public static Amendment delete(Call call) {
    call.wantNoMore();
    Preconditions preconditions = call.preconditions();
    return draft -> {
      preconditions.checkExisting(draft.existing().version());
      return draft.removed();
    };
  }

  public static Amendment lock(Call call) {
    return enable(call, false);
  }

  public static Amendment unlock(Call call) {
    return enable(call, true);
  }

  private static Amendment enable(Call call, boolean enabled) {
    call.wantNoMore();
    Preconditions preconditions = call.preconditions();
    return draft -> {
      DirectorSpec spec = draft.existing().spec();
      preconditions.checkExisting(draft.existing().version());
      return draft.with(spec.withSettings(spec.settings().edit().enabled(enabled).build()));
    };
  }
}
