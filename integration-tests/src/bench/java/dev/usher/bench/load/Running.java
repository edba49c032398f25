package dev.usher.bench.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the run, listening on {@code port}; closing ends it and its children. */
record Running(String name, Process process, int port) implements AutoCloseable {
  private static final long START_LIMIT_SECONDS = 60;
  private static final long END_LIMIT_MILLIS = 30_000;

  static Running start(String name, Path folder, int port, List<String> command)
      throws IOException {
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    Running running = new Running(name, process, port);
    try {
      running.awaitListening(folder);
    } catch (IOException | RuntimeException e) {
      running.close();
      throw e;
    }
    return running;
  }

  private void awaitListening(Path folder) throws IOException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
    while (!isListening()) {
      if (hasEndedWithin(50) || System.nanoTime() - deadlineNanos > 0) {
        throw new IOException(
            "%s does not listen: %s"
                .formatted(name, Files.readString(folder.resolve(name + ".log"))));
      }
    }
  }

  private boolean isListening() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private boolean hasEndedWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  Usage usage() throws IOException {
    return Usage.of(process.toHandle());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!hasEndedWithin(END_LIMIT_MILLIS)) {
      process.destroyForcibly();
    }
  }
}
