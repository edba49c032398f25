package dev.usher.sidecar.admin.web;

/** What came from outside, cut so that a message stays a message. */
final class Shown {
  private static final int MOST = 100;

  private Shown() {}

  static String of(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
