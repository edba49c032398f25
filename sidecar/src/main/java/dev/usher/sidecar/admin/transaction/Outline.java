package dev.usher.sidecar.admin.transaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.amend.Draft;
import dev.usher.sidecar.admin.view.Differences;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.config.override.Overrides;
import dev.usher.sidecar.director.change.Definition;

/** What a draft changes in its director, as JSON. */
public final class Outline {
  private Outline() {}

  public static ObjectNode json(Draft draft) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Definition before = draft.before();
    Definition now = draft.now();
    if (before == null) {
      return now == null
          ? json.put("result", "unchanged")
          : json.put("result", "created").set("config", SpecWriter.director(now.spec()));
    }
    if (now == null) {
      return json.put("result", "removed");
    }
    boolean same = now.spec().equals(before.spec()) && draft.cut().isEmpty();
    json.put("result", same ? "unchanged" : "changed");
    ArrayNode changes = json.putArray("changes");
    Overrides.between(before.spec(), now.spec())
        .forEach(each -> changes.add(Differences.json(each, "before", "after")));
    if (!draft.cut().isEmpty()) {
      ArrayNode cut = json.putArray("cut");
      draft.cut().stream().sorted().forEach(cut::add);
    }
    return json;
  }
}
