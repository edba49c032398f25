package dev.usher.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the numbers come from. */
final class Machine {
  private Machine() {}

  static List<String> facts() throws IOException {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .findFirst()
            .orElse("model name: unknown");
    return List.of(
        "%s, %d cores".formatted(after(':', cpu), Runtime.getRuntime().availableProcessors()),
        "Linux %s, JDK %s (%s)"
            .formatted(
                System.getProperty("os.version"),
                System.getProperty("java.runtime.version"),
                System.getProperty("java.vendor")),
        "%s; %s; %s"
            .formatted(
                firstLine("haproxy", "-v"), firstLine("nginx", "-v"), firstLine("wrk", "-v")));
  }

  /** Load averages over 1, 5 and 15 minutes: what else ran here. */
  static String load() throws IOException {
    String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
    return String.join(" ", words[0], words[1], words[2]);
  }

  /** Whether a program can be started. */
  static boolean has(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("").strip();
  }

  private static String after(char mark, String line) {
    return line.substring(line.indexOf(mark) + 1).strip();
  }
}
