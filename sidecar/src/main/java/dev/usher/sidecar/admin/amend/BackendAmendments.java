package dev.usher.sidecar.admin.amend;

import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.admin.web.Preconditions;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes of {@code /director/:d/backends/:b}. */
public final class BackendAmendments {
  private BackendAmendments() {}

  /** Creates or replaces. */
  public static Amendment put(Call call) {
    String name = call.name(1);
    call.takeName(name);
    BackendSpec next = Specs.backend(name, call.fields());
    Preconditions preconditions = call.preconditions();
    return draft -> {
      Definition now = draft.existing();
      if (now.spec().hasBackend(name)) {
        preconditions.checkExisting(now.version());
      } else {
        checkNotLeaving(draft, name);
        preconditions.checkAbsent();
      }
      return draft.with(with(now.spec(), next));
    };
  }

  /** Changes some properties. */
  public static Amendment post(Call call) {
    call.takeName(call.name(1));
    return edit(
        call,
        old -> Specs.backend(old.name(), Fields.merge(SpecWriter.backend(old), call.fields())));
  }

  public static Amendment lock(Call call) {
    call.wantNoMore();
    return edit(call, old -> old.withEnabled(false));
  }

  public static Amendment unlock(Call call) {
    call.wantNoMore();
    return edit(call, old -> old.withEnabled(true));
  }

  private static Amendment edit(Call call, UnaryOperator<BackendSpec> change) {
    String name = call.name(1);
    Preconditions preconditions = call.preconditions();
    return draft -> {
      BackendSpec old = existing(draft, name);
      Definition now = draft.existing();
      preconditions.checkExisting(now.version());
      return draft.with(with(now.spec(), change.apply(old)));
    };
  }

  /** Drains, or cuts with {@code now=true}; a backend that drains already may still be cut. */
  public static Amendment delete(Call call) {
    boolean cut = call.takeFlag("now");
    call.wantNoMore();
    String name = call.name(1);
    Preconditions preconditions = call.preconditions();
    return draft -> {
      Definition now = draft.existing();
      if (!cut || !draft.isLeaving(name)) {
        existing(draft, name);
      }
      preconditions.checkExisting(now.version());
      Draft without = draft.with(now.spec().withoutBackend(name));
      return cut ? without.cutting(name) : without;
    };
  }

  private static DirectorSpec with(DirectorSpec spec, BackendSpec next) {
    List<BackendSpec> backends = new ArrayList<>(spec.backends());
    backends.replaceAll(old -> old.name().equals(next.name()) ? next : old);
    if (!backends.contains(next)) {
      backends.add(next);
    }
    return spec.withBackends(backends);
  }

  private static BackendSpec existing(Draft draft, String name) {
    return draft.existing().spec().backends().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(draft, name));
  }

  private static ApiError missing(Draft draft, String name) {
    checkNotLeaving(draft, name);
    return ApiError.of(
        ApiError.Code.NOT_FOUND, "director '%s' has no backend '%s'".formatted(draft.name(), name));
  }

  private static void checkNotLeaving(Draft draft, String name) {
    if (draft.isLeaving(name)) {
      throw ApiError.of(
          ApiError.Code.ALREADY_TERMINATING, "backend '%s' is already terminating".formatted(name));
    }
  }
}
