package dev.usher.sidecar.admin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back.
 *
 * @param body JSON, unless a header says another Content-Type; null is none
 * @param headers beyond those of every answer; the values are ours, never copied from a request
 */
public record Answer(int status, @Nullable String body, Map<String, String> headers) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  /**
   * Writes {@code body}, so that whoever makes the answer hears that it cannot be written.
   *
   * @throws RuntimeException when it is nested too deep
   */
  public static Answer of(int status, JsonNode body) {
    return new Answer(status, body + "\n", Map.of());
  }

  public static Answer noContent() {
    return new Answer(204, null, Map.of());
  }

  public static Answer error(ApiError error) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", error.code().text()).put("message", error.text());
    if (error.field() != null) {
      body.put("field", error.field());
    }
    if (error.details().size() > 1) {
      ArrayNode problems = body.putArray("problems");
      error
          .details()
          .forEach(
              detail ->
                  problems
                      .addObject()
                      .put("field", detail.field())
                      .put("wanted", detail.wanted())
                      .put("got", detail.got()));
    }
    Answer answer = of(error.code().status(), body);
    return error.code() == ApiError.Code.UNAUTHORIZED
        ? answer.with("WWW-Authenticate", "Bearer realm=\"usher\"")
        : answer;
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, body, more);
  }

  /** With the ETag of a director's version. */
  public Answer tagged(long version) {
    return with("ETag", Preconditions.tag(version));
  }
}
