package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.cli.draw.Millis;
import dev.usher.sidecar.stats.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table at the demo's end.
 *
 * @param seconds how long the load ran
 * @param graceNanos how long a class may be short
 */
record DemoReport(List<ClassRecord> classes, double seconds, long graceNanos) {
  DemoReport {
    classes = List.copyOf(classes);
  }

  boolean everyClassGotItsShare() {
    return classes.stream().allMatch(each -> each.watch().verdict() == ShareWatch.Verdict.ASSURED);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("", "", "", "mean", "assured", "wait", "loan", "wait", "", "assured"));
    lines.add(
        row("class", "requests", "rate/s", "held", "p50", "p99", "p50", "p99", "errors", "share"));
    classes.forEach(each -> lines.add(line(each)));
    lines.add("");
    lines.addAll(conclusion());
    return lines;
  }

  private String line(ClassRecord each) {
    Wait assured = each.stats().assuredWait();
    Wait loan = each.stats().loanWait();
    return row(
        each.of().label(),
        each.served(),
        oneDecimal(each.served() / seconds),
        oneDecimal(each.watch().meanHeld()),
        wait(assured, assured.p50Nanos()),
        wait(assured, assured.p99Nanos()),
        wait(loan, loan.p50Nanos()),
        wait(loan, loan.p99Nanos()),
        each.errors(),
        each.assured() + " " + each.watch().verdict().text());
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-9s%8s%8s%6s%8s%8s%8s%8s%7s%9s", cells).stripTrailing();
  }

  private static String oneDecimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String wait(Wait wait, long nanos) {
    return wait.count() == 0 ? "-" : Millis.text(nanos);
  }

  private List<String> conclusion() {
    List<String> lines = new ArrayList<>();
    lines.add(
        everyClassGotItsShare()
            ? "Every class got its assured share: while requests of it waited, it held its"
            : "NOT every class got its assured share: while requests of it wait, it must hold");
    lines.add(
        (everyClassGotItsShare() ? "rate, or was" : "its rate, or be")
            + " short of it no longer than the slowest request takes ("
            + Millis.text(graceNanos)
            + ").");
    classes.stream()
        .filter(each -> each.watch().verdict() == ShareWatch.Verdict.NO_DEMAND)
        .forEach(each -> lines.add(each.of().label() + " asked for too little to show anything."));
    classes.stream()
        .filter(each -> each.watch().longestShortNanos() > 0)
        .forEach(
            each ->
                lines.add(
                    "%s was short for %s at most."
                        .formatted(
                            each.of().label(), Millis.text(each.watch().longestShortNanos()))));
    return lines;
  }
}
