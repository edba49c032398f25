package dev.usher.bench.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The samples as Markdown: medians over the rounds, and ratios within the run. */
record Report(List<String> facts, List<Sample> samples) {
  private static final String HEADER =
      """
      | | requests/s | of direct | of nginx | CPU µs/request | × nginx | p50 ms | p99 ms | RSS MiB | errors | requests/s of each round |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|
      """;

  String markdown() {
    StringBuilder text = new StringBuilder();
    facts.forEach(fact -> text.append("* ").append(fact).append('\n'));
    for (Workload workload : Workload.values()) {
      List<Sample> own = samples.stream().filter(s -> s.workload() == workload).toList();
      if (!own.isEmpty()) {
        text.append("\n").append(workload.title).append("\n\n").append(HEADER);
        own.stream().map(Sample::candidate).distinct().forEach(name -> text.append(row(name, own)));
      }
    }
    return text.toString();
  }

  private static String row(String name, List<Sample> samples) {
    List<Sample> own = of(name, samples);
    double rate = median(own, Sample::perSecond);
    double cpu = median(own, Sample::cpuMicrosPerRequest);
    boolean proxy = !name.equals("direct");
    List<String> rounds = new ArrayList<>();
    own.forEach(sample -> rounds.add(number("%.0f", sample.perSecond())));
    return "| "
        + String.join(
            " | ",
            name,
            number("%.0f", rate),
            number("%.2f", rate / median(of("direct", samples), Sample::perSecond)),
            number("%.2f", rate / median(of("nginx", samples), Sample::perSecond)),
            proxy ? number("%.1f", cpu) : "(" + number("%.1f", cpu) + ")",
            proxy
                ? number("%.2f", cpu / median(of("nginx", samples), Sample::cpuMicrosPerRequest))
                : "",
            number("%.2f", median(own, Sample::p50Millis)),
            number("%.2f", median(own, Sample::p99Millis)),
            number("%.0f", median(own, Sample::residentMiB)),
            Long.toString(own.stream().mapToLong(Sample::errors).sum()),
            String.join(", ", rounds))
        + " |\n";
  }

  private static List<Sample> of(String name, List<Sample> samples) {
    return samples.stream().filter(sample -> sample.candidate().equals(name)).toList();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> of) {
    double[] sorted = samples.stream().mapToDouble(of).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return Arrays.stream(middle).sum() / middle.length;
  }
}
