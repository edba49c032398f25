package dev.usher.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and its children have used so far, from Linux' /proc.
 *
 * @param cpuMicros user and system time; in steps of 10 ms
 * @param residentKiB memory in RAM now
 */
record Usage(long cpuMicros, long residentKiB) {
  private static final long MICROS_PER_TICK = 1_000_000L / ticksPerSecond();

  /** Places of utime and stime behind the name's closing parenthesis (proc(5)). */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  static Usage of(ProcessHandle root) throws IOException {
    long cpu = 0;
    long resident = 0;
    for (ProcessHandle each : Stream.concat(Stream.of(root), root.descendants()).toList()) {
      Path folder = Path.of("/proc", Long.toString(each.pid()));
      String stat = Files.readString(folder.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      cpu += (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MICROS_PER_TICK;
      resident += residentKiB(Files.readAllLines(folder.resolve("status")));
    }
    return new Usage(cpu, resident);
  }

  private static long residentKiB(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  private static long ticksPerSecond() {
    try {
      Process process = new ProcessBuilder("getconf", "CLK_TCK").start();
      byte[] answer = process.getInputStream().readAllBytes();
      return Long.parseLong(new String(answer, StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
