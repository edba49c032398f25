package dev.usher.it.storm;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers that are no whole ones, or more than one. */
final class BadAnswer {
  private static final String EVIL =
      "HTTP/1.1 200 OK\r\nX-Echo: evil\r\nContent-Length: 4\r\n\r\nevil";

  private BadAnswer() {}

  /** A right one with another one behind it. */
  static String followed(String id, String body) {
    return head(id, "Content-Length: " + body.length()) + body + EVIL;
  }

  private static String head(String id, String framing) {
    return "HTTP/1.1 200 OK\r\n" + Echo.field(id) + "\r\n" + framing + "\r\n\r\n";
  }

  static byte[] half(String id, String body) {
    String half = body.substring(0, body.length() / 2);
    return (head(id, "Content-Length: " + body.length()) + half).getBytes(UTF_8);
  }

  static String chunk(String id) {
    String size = Integer.toHexString(id.length());
    return head(id, "Transfer-Encoding: chunked") + size + "\r\n" + id + "\r\n";
  }
}
