package dev.usher.sidecar.admin.transaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the changes of a transaction, in their order. */
final class Complaints {
  private static final int MOST_DETAILS = 1_000;

  private record Complaint(int change, ApiError error) {}

  private final List<Complaint> all = new ArrayList<>();

  /**
   * @param change its place in the list, from 0
   */
  void add(int change, ApiError error) {
    all.add(new Complaint(change, error));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** With the status of the first, and every detail of all. */
  Answer answer() {
    ApiError first = all.get(0).error();
    ArrayNode details = JsonNodeFactory.instance.arrayNode();
    all.forEach(complaint -> addDetails(complaint, details));
    String more = details.size() == 1 ? "" : " (and %d more)".formatted(details.size() - 1);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", first.code().text());
    body.put("message", "changes[%d]: %s%s".formatted(all.get(0).change(), text(first), more));
    if (first.field() != null) {
      body.put("field", first.field());
    }
    body.set("details", details);
    return Answer.of(first.code().status(), body);
  }

  /** The message of the first detail only, since the others are told by themselves. */
  private static String text(ApiError error) {
    return error.details().isEmpty() ? error.text() : text(error.details().get(0));
  }

  private static String text(ApiError.Detail detail) {
    return "%s: want %s, got %s".formatted(detail.field(), detail.wanted(), detail.got());
  }

  private static void addDetails(Complaint complaint, ArrayNode into) {
    ApiError error = complaint.error();
    if (error.details().isEmpty()) {
      ObjectNode json = add(complaint, into);
      if (error.field() != null) {
        json.put("field", error.field());
      }
      json.put("message", error.text());
    }
    for (ApiError.Detail detail : error.details()) {
      if (into.size() < MOST_DETAILS) {
        add(complaint, into)
            .put("field", detail.field())
            .put("wanted", detail.wanted())
            .put("got", detail.got())
            .put("message", text(detail));
      }
    }
  }

  private static ObjectNode add(Complaint complaint, ArrayNode into) {
    return into.addObject()
        .put("change", complaint.change())
        .put("error", complaint.error().code().text());
  }
}
