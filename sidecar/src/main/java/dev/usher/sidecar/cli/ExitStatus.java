package dev.usher.sidecar.cli;

/** What the process tells its caller at the end. */
public final class ExitStatus {
  public static final int FINE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USE = 2;

  private ExitStatus() {}
}
