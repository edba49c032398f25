package dev.usher.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What may be chosen on the command line.
 *
 * @param rounds how often every candidate has its turn under every workload
 * @param connections of wrk, all busy all the time
 * @param only names of the candidates that take part, empty for all
 * @param workloads names of the workloads, empty for all
 * @param javaOptions for the candidates that run on a JVM, empty as shipped
 */
record LoadOptions(
    int rounds,
    Duration measured,
    Duration warmUp,
    int connections,
    List<String> only,
    List<String> workloads,
    List<String> javaOptions,
    Path usherJar,
    Path report) {

  static LoadOptions ofSystem() {
    return new LoadOptions(
        Integer.getInteger("load.rounds", 3),
        Duration.ofSeconds(Integer.getInteger("load.seconds", 10)),
        Duration.ofSeconds(Integer.getInteger("load.warmup", 12)),
        Integer.getInteger("load.connections", 64),
        words("load.only", ","),
        words("load.workloads", ","),
        words("load.java-options", " "),
        Path.of(System.getProperty("usher.jar", "../sidecar/target/usher.jar")).toAbsolutePath(),
        Path.of(System.getProperty("load.report", "target/bench/load.md")));
  }

  boolean takesPart(String candidate) {
    return only.isEmpty() || only.contains(candidate);
  }

  boolean isRun(Workload workload) {
    return workloads.isEmpty() || workloads.contains(workload.name().toLowerCase(Locale.ROOT));
  }

  private static List<String> words(String property, String separator) {
    String text = System.getProperty(property, "").strip();
    return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
  }
}
