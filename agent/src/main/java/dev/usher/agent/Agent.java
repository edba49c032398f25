package dev.usher.agent;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Where the JVM hands over. This version says that it does nothing, and does nothing. */
public final class Agent {
  static final String NOTICE =
      "usher-agent: this version tags no request; the application runs as without it";

  private Agent() {}

  /**
   * Called by the JVM before {@code main}.
   *
   * @param arguments what follows {@code =} behind the jar's name; ignored
   */
  public static void premain(@Nullable String arguments) {
    announce(System.err);
  }

  static void announce(PrintStream err) {
    err.println(NOTICE);
  }
}
