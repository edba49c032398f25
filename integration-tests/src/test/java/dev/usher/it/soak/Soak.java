package dev.usher.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Await;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.TestDirector;
import dev.usher.it.harness.UsherProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** {@code -Dsoak.seconds=N} for another length than 600, {@code -Dsoak.seed=N} to repeat a run. */
class Soak {
  private static final int SECONDS = Integer.getInteger("soak.seconds", 600);
  private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
  private static final int CLIENTS = 60;
  private static final String APP = "/director/d0";

  private static final String BUCKETS =
      "'vip':{'rate':'30%','ceil':'60%','priority':0},"
          + "'upload':{'rate':'20%','ceil':'40%','cost':2,"
          + "'buckets':{'batch':{'rate':'50%','lend':'50%'}}},"
          + "'jail':{'rate':'1t','ceil':'2t','priority':7}";

  private final SplittableRandom seeds = new SplittableRandom(SEED);
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(4);
  private final SoakTally tally = new SoakTally();
  private final AtomicBoolean goOn = new AtomicBoolean(true);

  private final List<SoakBackend> backends =
      List.of(backend("a1", 8), backend("a2", 5), backend("s1", 3), backend("b1", 4));

  private SoakBackend backend(String name, int capacity) {
    return new SoakBackend(name, capacity, seeds.nextLong(), timers);
  }

  @Test
  void nothingIsLostAndNothingIsLeft() throws InterruptedException {
    System.out.printf("soak: %d s, seed %d%n", SECONDS, SEED);
    try (UsherProcess usher = UsherProcess.start(Configs.pool())) {
      createDirector(usher);
      List<ScheduledFuture<?>> disturbances = disturb(usher);
      List<Thread> clients = startClients(usher.port());
      Await.until(
          "the time is over",
          Duration.ofSeconds(SECONDS + 30L),
          timers.schedule(() -> true, SECONDS, TimeUnit.SECONDS)::isDone);
      disturbances.forEach(disturbance -> disturbance.cancel(false));
      goOn.set(false);
      for (Thread client : clients) {
        client.join();
      }
      report(usher);
      check(usher);
    } finally {
      timers.shutdown();
      backends.forEach(SoakBackend::close);
    }
  }

  private void createDirector(UsherProcess usher) {
    usher
        .admin()
        .put(
            APP,
            "{'queue-limit':55,'queue-timeout':'2s','max-retry-count':3,"
                + "'health-check':{'interval':'100ms','success-threshold':2},"
                + "'backends':{%s,%s,%s,%s},'buckets':{%s}}"
                    .formatted(
                        backends.get(0).json("active"),
                        backends.get(1).json("active"),
                        backends.get(2).json("standby"),
                        backends.get(3).json("backup"),
                        BUCKETS))
        .expect(200);
  }

  private List<ScheduledFuture<?>> disturb(UsherProcess usher) {
    List<String> schedulers = List.of("round-robin", "chance", "least-load");
    return List.of(
        every(10, this::killOneOrAllButTheBackup),
        every(
            3,
            round ->
                usher
                    .admin()
                    .post(APP, "{'scheduler':'" + schedulers.get(round % 3) + "'}")
                    .expect(200)),
        every(7, round -> lockForASecond(usher, APP + "/backends/a" + (1 + round % 2))));
  }

  private ScheduledFuture<?> every(int seconds, IntConsumer task) {
    AtomicInteger round = new AtomicInteger();
    return timers.scheduleAtFixedRate(
        () -> {
          try {
            task.accept(round.getAndIncrement());
          } catch (RuntimeException | AssertionError e) {
            tally.lost("a disturbance failed: " + e);
          }
        },
        seconds,
        seconds,
        TimeUnit.SECONDS);
  }

  private void killOneOrAllButTheBackup(int round) {
    if (round % 5 == 4) {
      backends.subList(0, backends.size() - 1).forEach(this::kill);
    } else {
      kill(backends.get(round % 5));
    }
  }

  private void kill(SoakBackend backend) {
    backend.gate().die();
    inASecond(() -> backend.gate().revive());
  }

  private void lockForASecond(UsherProcess usher, String backend) {
    usher.admin().lock(backend).expect(204);
    inASecond(() -> usher.admin().unlock(backend).expect(204));
  }

  private void inASecond(Runnable task) {
    ScheduledFuture<?> unused =
        timers.schedule(
            () -> {
              try {
                task.run();
              } catch (RuntimeException | AssertionError e) {
                tally.lost("a disturbance did not end: " + e);
              }
            },
            1,
            TimeUnit.SECONDS);
  }

  private List<Thread> startClients(int port) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Thread thread =
          new Thread(
              new SoakClient("c" + i, port, seeds.nextLong(), tally, goOn::get), "client-" + i);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private void report(UsherProcess usher) {
    System.out.println("soak: " + tally);
    backends.forEach(backend -> System.out.println("soak: " + backend));
    System.out.println("soak: " + usher.admin().read(APP).at("/stats"));
  }

  private void check(UsherProcess usher) {
    assertThat(tally.wrong()).isEmpty();
    assertThat(tally.ended()).isEqualTo(tally.sentSoFar());
    backends.forEach(backend -> assertThat(backend.violations()).isEmpty());
    Await.until("all is at rest", () -> TestDirector.isAtRest(usher.admin().read(APP)));
    Await.until(
        "all backends are back",
        () ->
            usher.admin().read(APP).at("/backends").findValuesAsText("state").stream()
                .allMatch("online"::equals));
    assertThat(usher.log()).doesNotContain("ERROR").doesNotContain("Exception");
  }
}
