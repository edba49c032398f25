package dev.usher.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running sidecar. Ends with {@link #close}: SIGTERM first, then by force. */
public final class UsherProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "usher ready: listeners http://127\\.0\\.0\\.1:(\\d+)(?:, \\S+)* "
              + "admin http://127\\.0\\.0\\.1:(\\d+)");
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path config;
  private final Process process;
  private final Output out;
  private final Output err;
  private final int port;
  private final AdminClient admin;
  private final int adminPort;

  private UsherProcess(Path config, List<String> jvmOptions) {
    this.config = config;
    List<String> options = new ArrayList<>(QUICK_START);
    options.addAll(jvmOptions);
    process = UsherJar.start(options, List.of("run", "--config", config.toString()));
    out = new Output("usher-out-" + process.pid(), process.getInputStream());
    err = new Output("usher-err-" + process.pid(), process.getErrorStream());
    Matcher ready = awaitReady();
    port = Integer.parseInt(ready.group(1));
    adminPort = Integer.parseInt(ready.group(2));
    admin = new AdminClient(adminPort);
  }

  /** Starts with that configuration and returns when it says that it is ready. */
  public static UsherProcess start(String yaml) {
    return start(yaml, List.of());
  }

  public static UsherProcess start(String yaml, List<String> jvmOptions) {
    try {
      Path file = Files.createTempFile("usher-", ".yaml");
      return new UsherProcess(Files.writeString(file, yaml), jvmOptions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Matcher awaitReady() {
    try {
      Await.until(
          "usher is ready", () -> !process.isAlive() || out.lines().stream().anyMatch(this::ready));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw new AssertionError("usher did not get ready: " + log(), e);
    }
    for (String line : out.lines()) {
      Matcher matcher = READY.matcher(line);
      if (matcher.matches()) {
        return matcher;
      }
    }
    throw new AssertionError("usher ended before it was ready: " + log());
  }

  private boolean ready(String line) {
    return READY.matcher(line).matches();
  }

  public int port() {
    return port;
  }

  public int adminPort() {
    return adminPort;
  }

  public AdminClient admin() {
    return admin;
  }

  public RawClient connect() {
    return RawClient.connect(port);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything it wrote so far. */
  public String log() {
    return String.join("\n", out.lines()) + "\n" + String.join("\n", err.lines());
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Ends it as a {@code kill -9} does. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Waits for its end and returns the exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("usher did not end: " + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }
}
