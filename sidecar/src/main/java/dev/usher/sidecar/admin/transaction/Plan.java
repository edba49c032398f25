package dev.usher.sidecar.admin.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.usher.sidecar.admin.amend.Draft;
import dev.usher.sidecar.admin.amend.Present;
import dev.usher.sidecar.admin.web.ApiError;
import java.util.List;
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
   * @throws TransactionRefused with every complaint when there is one
   */
  public List<Draft> drafts(Present present) {
    Making making = new Making(present);
    for (int index = 0; index < changes.size(); index++) {
      making.make(index, changes.get(index));
    }
    if (!making.complaints().isEmpty()) {
      throw new TransactionRefused(making.complaints());
    }
    return making.drafts();
  }
}
