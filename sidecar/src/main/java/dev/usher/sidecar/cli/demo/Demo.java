package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.cli.draw.Rest;
import dev.usher.sidecar.config.Cidr;
import dev.usher.sidecar.config.ListenAddress;
import dev.usher.sidecar.config.RouteSpec;
import dev.usher.sidecar.config.UsherConfig;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads a sidecar in phases, draws once a second how its tokens are held, and judges at the end.
 */
public final class Demo {
  /** The director's name. */
  public static final String DIRECTOR = "demo";

  private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long BLIND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int seconds;
  private final DemoBackends backends;
  private final Screen screen;
  private final Clock clock;
  private final Timers timers;
  private final ShareWatches watches;

  public Demo(int seconds, DemoBackends backends, Screen screen, Clock clock, Timers timers) {
    this.seconds = seconds;
    this.backends = backends;
    this.screen = screen;
    this.clock = clock;
    this.timers = timers;
    this.watches = new ShareWatches(backends::slowestNanos, BLIND_NANOS);
  }

  /** A sidecar on free loopback ports in front of the backends. */
  public static UsherConfig config(DemoBackends backends) {
    ListenAddress free = new ListenAddress("127.0.0.1", 0);
    return new UsherConfig(
        null,
        List.of(free),
        free,
        null,
        UsherConfig.UNLIMITED,
        UsherConfig.DEFAULT_DRAIN_TIMEOUT,
        List.of(Cidr.parse("trust-tags-from", "127.0.0.0/8")),
        List.of(new RouteSpec(null, new RouteSpec.Destination.ToDirector(DIRECTOR, null, null))),
        List.of(
            new DirectorSpec(
                DIRECTOR, DirectorSpec.Settings.DEFAULT, backends.specs(), DemoClass.buckets())),
        null);
  }

  /** Runs to its end; whether every class got its assured share. */
  public boolean run(InetSocketAddress listener, Director director) throws InterruptedException {
    try (DemoLoad load = new DemoLoad(listener, timers)) {
      long begin = clock.nanos();
      drive(load, director, begin);
      DirectorView last = director.view();
      Map<DemoClass, Long> served = load.served();
      double elapsed = (double) (clock.nanos() - begin) / SECOND_NANOS;
      settle(load);
      List<ClassRecord> records = records(last, served, load.errors());
      DemoReport report = new DemoReport(records, elapsed, backends.slowestNanos());
      screen.conclude(report.lines());
      return report.everyClassGotItsShare();
    }
  }

  private void drive(DemoLoad load, Director director, long begin) throws InterruptedException {
    DirectorView before = director.view();
    long total = seconds * SECOND_NANOS;
    int second = 0;
    Phase phase = Phase.ALL_BUSY;
    load.enter(phase);
    while (second < seconds) {
      long now = clock.nanos();
      DirectorView view = director.view();
      watches.sample(now, phase, view);
      if (now - begin >= (second + 1) * SECOND_NANOS) {
        second++;
        DemoFrame frame = new DemoFrame(second, seconds, phase, view, before);
        screen.show(frame.lines(screen.canvas(), backends::meanNanos));
        before = view;
      }
      phase = Phase.at(Math.min(now - begin, total), total);
      load.enter(phase);
      pause(SAMPLE_NANOS);
    }
  }

  /** Lets what is under way end, so that nothing is cut off. */
  private void settle(DemoLoad load) throws InterruptedException {
    load.stop();
    long begin = clock.nanos();
    while (!load.idle() && clock.nanos() - begin < SETTLE_NANOS) {
      pause(SAMPLE_NANOS);
    }
  }

  private void pause(long nanos) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    timers.after(nanos, over::countDown);
    over.await();
  }

  private List<ClassRecord> records(
      DirectorView last, Map<DemoClass, Long> served, Map<DemoClass, Long> errors) {
    return Arrays.stream(DemoClass.values())
        .map(
            each -> {
              BucketView bucket = ShareWatches.bucketOf(last, each);
              return new ClassRecord(
                  each,
                  Rest.of(bucket),
                  served.getOrDefault(each, 0L),
                  errors.getOrDefault(each, 0L),
                  bucket.stats(),
                  watches.of(each));
            })
        .toList();
  }
}
