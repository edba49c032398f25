package dev.usher.sidecar.store;

/** What was kept is whole but cannot be understood. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message);
  }
}
