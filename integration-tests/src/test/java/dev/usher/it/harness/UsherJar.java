package dev.usher.it.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built jar as a command. */
public final class UsherJar {
  private UsherJar() {}

  /** What a command wrote and how it ended. */
  public record Ended(int exit, String out, String err) {
    public String all() {
      return out + "\n" + err;
    }
  }

  /** Starts {@code java JVM-OPTIONS -jar usher.jar ARGUMENTS} on the JDK of the tests. */
  static Process start(List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(Path.of(System.getProperty("usher.jar")).normalize().toString());
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command without any flag for the JVM until it ends. */
  public static Ended run(String... arguments) {
    return run(Duration.ofSeconds(20), arguments);
  }

  /** Runs a command until it ends, and fails when that takes longer than {@code deadline}. */
  public static Ended run(Duration deadline, String... arguments) {
    return run(deadline, "", arguments);
  }

  /** Runs a command that may read {@code input} from its standard input. */
  public static Ended runWithInput(String input, String... arguments) {
    return run(Duration.ofSeconds(20), input, arguments);
  }

  private static Ended run(Duration deadline, String input, String... arguments) {
    Process process = start(List.of(), List.of(arguments));
    try {
      feed(process, input);
      Output out = new Output("out", process.getInputStream());
      Output err = new Output("err", process.getErrorStream());
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("did not end: " + out.lines() + err.lines());
      }
      return new Ended(process.exitValue(), out.whole(), err.whole());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void feed(Process process, String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
