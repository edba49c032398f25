package dev.usher.sidecar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.cli.draw.Views;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.stats.Retries;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {
  private static final long MILLI = 1_000_000;
  private static final long GRACE = 480 * MILLI;
  private static final BucketView.Stats NONE = new BucketView.Stats(0, 0, 0, 0, 0, 0, Retries.NONE);

  @Test
  void the_table_says_what_each_class_got() {
    DemoReport report =
        new DemoReport(
            List.of(
                new ClassRecord(DemoClass.VIP, 5, 6_150, 0, Views.stats(0, 31), watch(5, 20, 50)),
                new ClassRecord(DemoClass.UNTAGGED, 88, 15, 2, NONE, watch(88, 88, 0))),
            30,
            GRACE);
    assertThat(report.everyClassGotItsShare()).isTrue();
    assertThat(String.join("\n", report.lines()) + "\n")
        .isEqualTo(
            """
                                       mean assured    wait    loan    wait         assured
            class    requests  rate/s  held     p50     p99     p50     p99 errors    share
            VIP          6150   205.0  19.4  0.0 ms  0.0 ms   31 ms   31 ms      0    5 yes
            Untagged       15     0.5  88.0       -       -       -       -      2   88 yes

            Every class got its assured share: while requests of it waited, it held its
            rate, or was short of it no longer than the slowest request takes (480 ms).
            VIP was short for 40 ms at most.
            """);
  }

  @Test
  void the_table_fits_80_columns() {
    assertThat(reportOf(watch(5, 20, 1_010)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void a_class_that_was_short_for_too_long_fails_the_demo() {
    DemoReport report = reportOf(watch(5, 20, 1_010));
    assertThat(report.everyClassGotItsShare()).isFalse();
    assertThat(report.lines())
        .anyMatch(line -> line.startsWith("VIP") && line.endsWith("5 NO"))
        .anyMatch(line -> line.startsWith("NOT every class got its assured share"))
        .contains("VIP was short for 1000 ms at most.");
  }

  @Test
  void a_class_without_demand_fails_the_demo_since_nothing_was_shown() {
    DemoReport report = reportOf(new ShareWatch(() -> GRACE, 100 * MILLI));
    assertThat(report.everyClassGotItsShare()).isFalse();
    assertThat(report.lines()).anyMatch(line -> line.endsWith("5 IDLE"));
  }

  private static DemoReport reportOf(ShareWatch watch) {
    return new DemoReport(List.of(new ClassRecord(DemoClass.VIP, 5, 0, 0, NONE, watch)), 30, GRACE);
  }

  /**
   * Holds {@code usual} for a second, then one token less than its rate for {@code millis}, while
   * requests wait.
   */
  private static ShareWatch watch(int rate, int usual, long millis) {
    ShareWatch watch = new ShareWatch(() -> GRACE, 100 * MILLI);
    for (long at = 0; at <= 1_000; at += 10) {
      watch.sample(at * MILLI, true, usual, 1, rate);
    }
    for (long at = 0; at < millis; at += 10) {
      watch.sample((1_010 + at) * MILLI, true, rate - 1, 1, rate);
    }
    return watch;
  }
}
