package dev.usher.sidecar.admin.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.amend.Draft;
import dev.usher.sidecar.admin.amend.Endpoints;
import dev.usher.sidecar.admin.transaction.Written.Misread;
import dev.usher.sidecar.admin.transaction.Written.Understood;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a transaction, each of which finds what those before it have made. To be made as
 * often as it takes, since what is in force may have changed meanwhile.
 */
public final class Plan {
  private static final int MOST_CHANGES = 1_000;
  private static final String CHANGES = "changes";

  private final List<Written> changes;

  private Plan(List<Written> changes) {
    this.changes = List.copyOf(changes);
  }

  /**
   * Reads the list of changes.
   *
   * @throws ApiError when it is none, or too long; what is wrong in it is told by {@link #drafts}
   */
  public static Plan read(@Nullable JsonNode changes) {
    String wanted = "a list of at most %d changes".formatted(MOST_CHANGES);
    if (!(changes instanceof ArrayNode list)) {
      throw ApiError.badValue(CHANGES, wanted, changes == null ? "" : changes.toString());
    }
    if (list.size() > MOST_CHANGES) {
      throw ApiError.badValue(CHANGES, wanted, list.size() + " changes");
    }
    return new Plan(
        StreamSupport.stream(list.spliterator(), false).map(ChangeReader::read).toList());
  }

  /** What there is before any change is made. */
  public interface InForce {
    /** The director as it is, or is not. */
    Draft draft(String director);

    /** The director that answers for a host and port; null when none does. */
    @Nullable String owner(Endpoint endpoint);
  }

  /**
   * What becomes of each director that is touched, in the order in which they are touched.
   *
   * @throws TransactionRefused with every complaint when there is one
   */
  public List<Draft> drafts(InForce inForce) {
    Making making = new Making(inForce);
    for (int index = 0; index < changes.size(); index++) {
      making.make(index, changes.get(index));
    }
    if (!making.complaints.isEmpty()) {
      throw new TransactionRefused(making.complaints);
    }
    return List.copyOf(making.drafts.values());
  }

  /** One go at all changes. */
  private static final class Making {
    private final InForce inForce;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Complaints complaints = new Complaints();

    /** Directors that are not there because a change before was wrong. */
    private final Set<String> missing = new HashSet<>();

    Making(InForce inForce) {
      this.inForce = inForce;
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
        Draft next = amendment.of(draft(director));
        checkEndpoint(next);
        drafts.put(director, next);
      } catch (ApiError e) {
        complain(index, director, e);
      } catch (InvalidValue e) {
        complain(index, director, ApiError.of(e));
      }
    }

    /** All is applied at once: nobody takes what another one of these gives up. */
    private void checkEndpoint(Draft next) {
      Endpoint wanted = next.newEndpoint();
      if (wanted == null) {
        return;
      }
      String owner = inForce.owner(wanted);
      for (Draft other : drafts.values()) {
        if (!other.name().equals(next.name()) && wanted.equals(other.newEndpoint())) {
          owner = other.name();
        }
      }
      if (owner != null) {
        throw Endpoints.taken(owner);
      }
    }

    private Draft draft(String director) {
      return drafts.computeIfAbsent(director, inForce::draft);
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
}
