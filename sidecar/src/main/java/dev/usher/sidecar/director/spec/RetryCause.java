package dev.usher.sidecar.director.spec;

import dev.usher.unit.InvalidValue;

/** A failure of an attempt after which another backend may get the request. */
public enum RetryCause {
  /** No connection: refused, unreachable or timed out. */
  CONNECT("connect", 0),
  /** The connection was closed before the first byte of the response. */
  RESET("reset", 0),
  BAD_GATEWAY("502", 502),
  UNAVAILABLE("503", 503),
  GATEWAY_TIMEOUT("504", 504);

  public static final String WANTED = "connect, reset, 502, 503 or 504";

  private final String text;
  private final int status;

  RetryCause(String text, int status) {
    this.text = text;
    this.status = status;
  }

  /** As it is written. */
  public String text() {
    return text;
  }

  /** Whether it is a response of this status. */
  public boolean isStatus(int code) {
    return status == code;
  }

  /**
   * Reads {@link #text}.
   *
   * @throws InvalidValue naming {@code field}
   */
  public static RetryCause parse(String field, String text) {
    for (RetryCause cause : values()) {
      if (cause.text.equals(text)) {
        return cause;
      }
    }
    throw InvalidValue.of(field, WANTED, text);
  }
}
