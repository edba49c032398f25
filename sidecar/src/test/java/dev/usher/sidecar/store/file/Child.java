package dev.usher.sidecar.store.file;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JVM like this one that runs a main class of the tests; what it prints is read line by line. */
final class Child implements Closeable {
  private final Process process;
  private final BufferedReader output;

  Child(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--add-")) {
        command.add(argument);
      }
    }
    // Starts faster so; and says nothing.
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dslf4j.internal.verbosity=WARN",
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  /** The next line; null when the child has ended. */
  @Nullable String readLine() throws IOException {
    return output.readLine();
  }

  /** {@code kill -9}; what it has printed before can still be read. */
  void kill() {
    // By its handle: the process itself would close its output for us.
    process.toHandle().destroyForcibly();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
