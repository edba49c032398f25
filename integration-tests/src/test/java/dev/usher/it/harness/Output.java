package dev.usher.it.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Collects the lines that a process writes, on a thread of its own. */
final class Output {
  private final List<String> lines = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  Output(String name, InputStream from) {
    Thread thread = new Thread(() -> collect(from), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void collect(InputStream from) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        add(line);
        line = reader.readLine();
      }
    } catch (IOException e) {
      add("(output ended: " + e + ")");
    } finally {
      ended.countDown();
    }
  }

  private void add(String line) {
    synchronized (lines) {
      lines.add(line);
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** All lines, after the process has closed the stream. */
  String whole() throws InterruptedException {
    ended.await();
    return String.join("\n", lines());
  }
}
