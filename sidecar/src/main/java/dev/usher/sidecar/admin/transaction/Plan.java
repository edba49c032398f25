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
import java.util.function.Function;
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

  /**
   * What becomes of each director that is touched, in the order in which they are touched.
   *
   * @param inForce the director as it is
   * @param owner the name of the director that answers for a host and port; null for none
   * @throws TransactionRefused with every complaint when there is one
   */
  public List<Draft> drafts(
      Function<String, Draft> inForce, Function<Endpoint, @Nullable String> owner) {
    Making making = new Making(inForce, owner);
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
    private final Function<String, Draft> inForce;
    private final Function<Endpoint, @Nullable String> owner;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Complaints complaints = new Complaints();

    /** Directors that are not there because a change before was wrong. */
    private final Set<String> missing = new HashSet<>();

    Making(Function<String, Draft> inForce, Function<Endpoint, @Nullable String> owner) {
      this.inForce = inForce;
      this.owner = owner;
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

    /** A host and port that become free in this transaction are not free for it. */
    private void checkEndpoint(Draft next) {
      Endpoint wanted = next.newEndpoint();
      if (wanted == null) {
        return;
      }
      String taken = owner.apply(wanted);
      for (Draft other : drafts.values()) {
        if (wanted.equals(other.newEndpoint()) && !other.name().equals(next.name())) {
          taken = other.name();
        }
      }
      if (taken != null) {
        throw Endpoints.taken(taken);
      }
    }

    private Draft draft(String director) {
      return drafts.computeIfAbsent(director, inForce);
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
