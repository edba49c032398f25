package dev.usher.sidecar.admin.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.shaper.Explanation;
import dev.usher.sidecar.shaper.Explanation.Holder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a bucket's first waiter waits, as JSON and as a sentence. */
public final class Explanations {
  private Explanations() {}

  public static ObjectNode json(Explanation why) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bucket", why.bucket()).put("waiting", why.waiting());
    json.put("limit", why.limit().name().toLowerCase(Locale.ROOT));
    if (why.limitingBucket() != null) {
      json.putObject("limiting")
          .put("bucket", why.limitingBucket())
          .put("actual", why.limitingActual())
          .put("token-ceil", why.limitingCeil())
          .put("reserved", why.limitingReserved());
    }
    ArrayNode holders = json.putArray("holders");
    why.holders()
        .forEach(
            holder ->
                holders.addObject().put("bucket", holder.bucket()).put("tokens", holder.tokens()));
    return json.put("message", sentence(why));
  }

  private static String sentence(Explanation why) {
    String waits = "%d in '%s'; the first waits because ".formatted(why.waiting(), why.bucket());
    return switch (why.limit()) {
      case NONE -> "nothing waits in '%s'".formatted(why.bucket());
      case CEIL ->
          waits
              + "'%s' holds %d of at most %d tokens%s"
                  .formatted(
                      why.limitingBucket(), why.limitingActual(), why.limitingCeil(), held(why));
      case RESERVE ->
          waits
              + "'%s' holds %d of %d tokens and keeps %d for buckets that do not lend them%s"
                  .formatted(
                      why.limitingBucket(),
                      why.limitingActual(),
                      why.limitingCeil(),
                      why.limitingReserved(),
                      held(why));
      case BACKENDS -> waits + "every backend is at its capacity, although there are tokens";
    };
  }

  private static String held(Explanation why) {
    List<Holder> holders = why.holders();
    return holders.isEmpty()
        ? ""
        : holders.stream()
            .map(holder -> holder.bucket() + " " + holder.tokens())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
