package dev.usher.it.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A response as a client got it.
 *
 * @param complete whether it ended as its framing says
 */
public record Answer(int status, Head head, Digest body, boolean complete) {

  public String text() {
    return new String(body.beginning(), UTF_8);
  }

  public String get(String field) {
    return head.get(field);
  }

  /** The X-Director-Reason; empty when there is none. */
  public String reason() {
    return head.get("X-Director-Reason");
  }

  @Override
  public String toString() {
    return "%s %s complete=%s body=%s".formatted(head.startLine(), head.fields(), complete, text());
  }
}
