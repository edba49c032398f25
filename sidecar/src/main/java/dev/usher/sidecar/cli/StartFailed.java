package dev.usher.sidecar.cli;

import java.io.IOException;

/** The sidecar could not start; the message is for the user and names what was asked for. */
public final class StartFailed extends IOException {
  private static final long serialVersionUID = 1L;

  public StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
