package dev.usher.sidecar.admin.transaction;

import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.amend.Draft;
import dev.usher.sidecar.admin.amend.Endpoints;
import dev.usher.sidecar.admin.amend.Present;
import dev.usher.sidecar.admin.transaction.Written.Misread;
import dev.usher.sidecar.admin.transaction.Written.Understood;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.director.Definition;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.Endpoint;
import dev.usher.sidecar.director.Origin;
import dev.usher.unit.InvalidValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One go at all changes of a transaction. */
final class Making {
  private final Present present;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final Complaints complaints = new Complaints();

  /** Directors that are not there because a change before was wrong. */
  private final Set<String> missing = new HashSet<>();

  Making(Present present) {
    this.present = present;
  }

  /** In the order in which they were touched. */
  List<Draft> drafts() {
    return List.copyOf(drafts.values());
  }

  Complaints complaints() {
    return complaints;
  }

  void make(int index, Written change) {
    if (change instanceof Misread misread) {
      addMisread(index, misread);
      return;
    }
    Understood understood = (Understood) change;
    make(index, understood.director(), understood.amendment());
  }

  private void addMisread(int index, Misread misread) {
    String director = misread.director();
    if (director != null && misread.needsDirector()) {
      make(
          index,
          director,
          draft -> {
            draft.existing();
            return draft;
          });
    }
    complaints.add(index, misread.error());
    replaceMissing(director);
  }

  private void make(int index, String director, Amendment amendment) {
    try {
      Draft current = draft(director);
      Draft next = amendment.of(current);
      if (!current.isThere()) {
        checkEndpoint(next);
      }
      drafts.put(director, next);
    } catch (ApiError e) {
      complain(index, director, e);
    } catch (InvalidValue e) {
      complain(index, director, ApiError.of(e));
    }
  }

  /** A commit would refuse it too, but a dry run has none. */
  private void checkEndpoint(Draft created) {
    Endpoint endpoint = endpoint(created);
    if (endpoint == null) {
      return;
    }
    String owner = present.ownerOf(endpoint);
    for (Draft other : drafts.values()) {
      if (owner == null && endpoint.equals(endpoint(other))) {
        owner = other.name();
      }
    }
    if (owner != null) {
      throw Endpoints.taken(owner);
    }
  }

  private static @Nullable Endpoint endpoint(Draft draft) {
    Definition now = draft.now();
    return now != null && now.origin() instanceof Origin.OnDemand onDemand
        ? onDemand.endpoint()
        : null;
  }

  private Draft draft(String director) {
    return drafts.computeIfAbsent(director, present::draft);
  }

  /** Of a director that stands in for a missing one only what is wrong in itself is told. */
  private void complain(int index, String director, ApiError error) {
    if (!missing.contains(director) || error.code() == ApiError.Code.BAD_VALUE) {
      complaints.add(index, error);
    }
    replaceMissing(director);
  }

  private void replaceMissing(@Nullable String director) {
    if (director != null && !draft(director).isThere() && missing.add(director)) {
      DirectorSpec empty =
          new DirectorSpec(director, DirectorSpec.Settings.DEFAULT, List.of(), List.of());
      Definition standIn = new Definition(empty, 0, new Origin.Api());
      drafts.put(director, new Draft(director, null, null, standIn, Set.of()));
    }
  }
}
