package dev.usher.it.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.TestDirector;
import dev.usher.it.harness.UsherProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code -Dstorm.seconds=N} for another length, {@code -Dstorm.seed=N} for the same plans. */
class StormIT {
  private static final int SECONDS = Integer.getInteger("storm.seconds", 12);
  private static final long SEED = Long.getLong("storm.seed", System.nanoTime());
  private static final int CLIENTS = 48;
  private static final int PAUSE_MS = 60;
  private static final int FAIR_PAUSE_MS = 15;

  private final SplittableRandom seeds = new SplittableRandom(SEED);
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(4);
  private final Tally tally = new Tally();
  private final CountDownLatch fair = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<StormBackend> backends =
      List.of(
          backend("a1", "active", 8),
          backend("a2", "active", 8),
          backend("a3", "active", 6),
          backend("s1", "standby", 4),
          backend("b1", "backup", 5));

  private StormBackend backend(String name, String role, int capacity) {
    return new StormBackend(name, role, capacity, tally, timers, seeds.split());
  }

  @AfterEach
  void close() {
    fair.countDown();
    end.countDown();
    timers.shutdownNow();
    backends.forEach(StormBackend::close);
  }

  @Test
  void whateverTheWeatherNothingIsLostAndNothingIsLeft() throws InterruptedException {
    System.out.printf("storm: %d s, seed %d%n", SECONDS, SEED);
    try (UsherProcess usher = UsherProcess.start(Configs.pool())) {
      usher.admin().put(Rules.API, Rules.director(backends)).expect(200);
      long began = System.nanoTime();
      List<Thread> clients = startClients(usher.port());
      List<Thread> troubles = startTroubles(usher);
      boolean unused = fair.await(SECONDS, TimeUnit.SECONDS);
      fair.countDown();
      join(troubles);
      awaitCalm(usher);
      end.countDown();
      join(clients);
      long seconds = 1 + Duration.ofNanos(System.nanoTime() - began).toSeconds();
      Await.until("nothing is left", () -> TestDirector.isAtRest(view(usher)));
      System.out.printf(
          "storm: %s, %s, ejections %s%n",
          tally, view(usher).at("/stats"), view(usher).findValuesAsText("ejections"));
      new Reckoning(tally, view(usher)).check(seconds);
      assertThat(view(usher).at("/stats/retries").asInt()).as("a storm has retries").isPositive();
      endsWell(usher);
    }
  }

  private List<Thread> startClients(int port) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(
          start(
              "client-" + i,
              new StormClient("c" + i, port, seeds.split(), tally, end, this::pauseMs)));
    }
    return threads;
  }

  /** Shorter once it is fair: a backend on trial needs requests, and a standby needs many. */
  private int pauseMs() {
    return fair.getCount() == 0 ? FAIR_PAUSE_MS : PAUSE_MS;
  }

  private List<Thread> startTroubles(UsherProcess usher) {
    return List.of(
        start("weather", new Weather(backends, seeds.split(), tally, fair)),
        start("operator", new Operator(usher.admin(), backends, seeds.split(), tally, fair)));
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Await.DEADLINE.toMillis());
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static JsonNode view(UsherProcess usher) {
    return usher.admin().read(Rules.API);
  }

  private void awaitCalm(UsherProcess usher) {
    try {
      Await.until("all are in again", () -> Calm.missing(backends, view(usher)).isEmpty());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s; wrong %s; %s".formatted(Calm.missing(backends, view(usher)), tally.wrong(), tally),
          e);
    }
  }

  private static void endsWell(UsherProcess usher) {
    usher.terminate();
    assertThat(usher.awaitExit()).isZero();
    assertThat(usher.log())
        .doesNotContainIgnoringCase("defect")
        .doesNotContain("ERROR")
        .doesNotContain("Exception");
  }
}
