package dev.usher.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs wrk and reads what it prints. One thread of its own, as there is little to share. */
record Wrk(Path folder, int connections) {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern LATENCY = Pattern.compile("(50|99)%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern NOT_2XX = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern SOCKET_ERRORS =
      Pattern.compile("connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  /**
   * What wrk saw.
   *
   * @param errors answers other than 2xx and 3xx, and connections that failed or timed out
   */
  record Result(long requests, double perSecond, double p50Millis, double p99Millis, long errors) {}

  Result run(int port, Workload workload, String extraScript, Duration time)
      throws IOException, InterruptedException {
    Path script = folder.resolve("wrk.lua");
    Files.writeString(script, workload.script + extraScript);
    Process process =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "-t1",
                    "-c" + connections,
                    "-d" + time.toSeconds() + "s",
                    "--latency",
                    "--timeout",
                    "10s",
                    "-s",
                    script.toString(),
                    "http://127.0.0.1:" + port + workload.path))
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("wrk: " + text);
    }
    return read(text);
  }

  static Result read(String text) {
    Matcher socket = SOCKET_ERRORS.matcher(text);
    long errors = 0;
    if (socket.find()) {
      for (int group = 1; group <= socket.groupCount(); group++) {
        errors += Long.parseLong(socket.group(group));
      }
    }
    Matcher status = NOT_2XX.matcher(text);
    errors += status.find() ? Long.parseLong(status.group(1)) : 0;
    double p50 = 0;
    double p99 = 0;
    Matcher latency = LATENCY.matcher(text);
    while (latency.find()) {
      double millis = millis(Double.parseDouble(latency.group(2)), latency.group(3));
      if (latency.group(1).equals("50")) {
        p50 = millis;
      } else {
        p99 = millis;
      }
    }
    return new Result(
        Long.parseLong(first(REQUESTS, text)),
        Double.parseDouble(first(RATE, text)),
        p50,
        p99,
        errors);
  }

  private static double millis(double value, String unit) {
    return switch (unit) {
      case "us" -> value / 1_000;
      case "s" -> value * 1_000;
      default -> value;
    };
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("wrk printed no '%s': %s".formatted(pattern, text));
    }
    return matcher.group(1);
  }
}
