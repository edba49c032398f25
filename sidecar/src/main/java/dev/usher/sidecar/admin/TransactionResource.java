package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.amend.Draft;
import dev.usher.sidecar.admin.transaction.Outline;
import dev.usher.sidecar.admin.transaction.Plan;
import dev.usher.sidecar.admin.transaction.TransactionRefused;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Preconditions;
import dev.usher.sidecar.director.change.Definition;
import java.util.List;

/** {@code /transaction}: a list of changes, made all or none. [w] */
final class TransactionResource {
  private static final String DRY_RUN = "dry-run";

  private final Edits edits;

  TransactionResource(Edits edits) {
    this.edits = edits;
  }

  /** A dry run is refused as the real one would be, and answered alike. */
  Answer post(Call call) {
    if (!call.preconditions().equals(Preconditions.NONE)) {
      String message = "If-Match: want it as if-match in each change, not for all of them";
      throw ApiError.of(ApiError.Code.BAD_VALUE, message, "If-Match");
    }
    boolean dryRun = call.takeFlag(DRY_RUN);
    Plan plan = Plan.read(call.fields().remove("changes"));
    call.wantNoMore();
    try {
      ObjectNode directors = dryRun ? compared(plan) : made(plan);
      ObjectNode body = JsonNodeFactory.instance.objectNode().put(DRY_RUN, dryRun);
      return Answer.of(200, body.set("directors", directors));
    } catch (TransactionRefused e) {
      return e.answer();
    }
  }

  private ObjectNode compared(Plan plan) {
    ObjectNode directors = JsonNodeFactory.instance.objectNode();
    for (Draft draft : plan.drafts(edits)) {
      Definition before = draft.before();
      add(draft, before == null ? 0 : before.version(), directors);
    }
    return directors;
  }

  private ObjectNode made(Plan plan) {
    ObjectNode directors = JsonNodeFactory.instance.objectNode();
    List<Edits.Done> done = edits.commit(() -> plan.drafts(edits));
    done.forEach(each -> add(each.draft(), each.isLeft() ? each.version() : 0, directors));
    return directors;
  }

  /**
   * @param version in force when this is answered; 0 when there is no director then
   */
  private static void add(Draft draft, long version, ObjectNode into) {
    ObjectNode json = Outline.json(draft);
    if (version != 0) {
      json.put("etag", Preconditions.tag(version));
    }
    into.set(draft.name(), json);
  }
}
