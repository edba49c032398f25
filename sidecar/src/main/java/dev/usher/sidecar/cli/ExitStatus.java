package dev.usher.sidecar.cli;

/** What the process tells its caller at the end. */
final class ExitStatus {
  static final int FINE = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;

  private ExitStatus() {}
}
