package dev.usher.it.storm;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Gives backends faults and takes them away again. One thread. */
final class Weather implements Runnable {
  private static final int LONGEST_LULL_MS = 120;
  private static final int GOOD_PERCENT = 40;
  private static final int FRONT_PERCENT = 3;
  private static final List<Fault> FAULTS = List.of(Fault.values());

  private final List<StormBackend> backends;
  private final SplittableRandom random;
  private final Tally tally;
  private final CountDownLatch end;

  Weather(List<StormBackend> backends, SplittableRandom random, Tally tally, CountDownLatch end) {
    this.backends = backends;
    this.random = random;
    this.tally = tally;
    this.end = end;
  }

  /** It is fair when this has ended. */
  @Override
  public void run() {
    try {
      while (!end.await(1 + random.nextInt(LONGEST_LULL_MS), TimeUnit.MILLISECONDS)) {
        change();
      }
      backends.forEach(backend -> backend.turn(Fault.NONE));
    } catch (InterruptedException | RuntimeException e) {
      tally.wrong("the weather has ended: " + e);
    }
  }

  private void change() {
    if (random.nextInt(100) < FRONT_PERCENT) {
      backends.stream()
          .filter(backend -> !backend.role().equals("backup"))
          .forEach(backend -> backend.turn(Fault.DEAD));
    } else {
      StormBackend struck = backends.get(random.nextInt(backends.size()));
      struck.turn(
          random.nextInt(100) < GOOD_PERCENT
              ? Fault.NONE
              : FAULTS.get(random.nextInt(FAULTS.size())));
    }
  }
}
