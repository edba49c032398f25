package dev.usher.sidecar.strand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same scripts through the strand and through the lock that is its reference. */
class SerialScriptTest {

  static Stream<Serial> both() {
    return Stream.of(new Strand(SerialScriptTest::fail), new LockSerial());
  }

  private static void fail(Throwable bug) {
    throw new AssertionError(bug);
  }

  @ParameterizedTest
  @MethodSource("both")
  void runs_at_once_when_idle(Serial serial) {
    List<String> log = new ArrayList<>();
    serial.post(() -> log.add("task"));
    assertThat(log).containsExactly("task");
  }

  @ParameterizedTest
  @MethodSource("both")
  void a_task_posted_from_inside_runs_after_the_current_one(Serial serial) {
    List<String> log = new ArrayList<>();
    serial.post(
        () -> {
          serial.post(() -> log.add("inner"));
          log.add("outer");
        });
    assertThat(log).containsExactly("outer", "inner");
  }

  @ParameterizedTest
  @MethodSource("both")
  void effects_run_in_order_after_the_last_task(Serial serial) {
    List<String> log = new ArrayList<>();
    serial.post(
        () -> {
          serial.afterwards(Effect.of(() -> log.add("effect 1")));
          serial.post(
              () -> {
                log.add("inner");
                serial.afterwards(Effect.of(() -> log.add("effect 2")));
              });
          log.add("outer");
        });
    assertThat(log).containsExactly("outer", "inner", "effect 1", "effect 2");
  }

  @ParameterizedTest
  @MethodSource("both")
  void an_effect_may_post_and_is_not_inside(Serial serial) {
    List<String> log = new ArrayList<>();
    serial.post(
        () ->
            serial.afterwards(
                Effect.of(
                    () -> {
                      serial.post(() -> log.add("posted by the effect"));
                      log.add("effect goes on");
                    })));
    assertThat(log).containsExactly("posted by the effect", "effect goes on");
  }

  @ParameterizedTest
  @MethodSource("both")
  void many_threads_lose_nothing_and_keep_their_own_order(Serial serial) throws Exception {
    int threads = 4;
    int each = 50_000;
    long[] seen = new long[threads];
    long[] sum = new long[1];
    AtomicInteger effects = new AtomicInteger();
    AtomicInteger disorder = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(threads);
    long seed = 20261123L;
    for (int t = 0; t < threads; t++) {
      int me = t;
      Random random = new Random(seed + t);
      Thread thread =
          new Thread(
              () -> {
                for (int i = 1; i <= each; i++) {
                  int number = i;
                  serial.post(
                      () -> {
                        if (seen[me] + 1 != number) {
                          disorder.incrementAndGet();
                        }
                        seen[me] = number;
                        sum[0]++;
                        serial.afterwards(Effect.of(effects::incrementAndGet));
                      });
                  if (random.nextInt(64) == 0) {
                    Thread.onSpinWait();
                  }
                }
                done.countDown();
              });
      thread.setDaemon(true);
      thread.start();
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    CountDownLatch settled = new CountDownLatch(1);
    serial.post(settled::countDown);
    assertThat(settled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(disorder).hasValue(0);
    assertThat(sum[0]).isEqualTo((long) threads * each);
    org.awaitility.Awaitility.await()
        .untilAtomic(effects, org.hamcrest.Matchers.is(threads * each));
  }

  /** Once a task could be run on the count of another, whose poster then passed its own task. */
  @ParameterizedTest
  @MethodSource("both")
  void a_thread_never_overtakes_itself(Serial serial) throws Exception {
    int threads = 4;
    int each = serial instanceof Strand ? 500_000 : 20_000;
    long[] seen = new long[threads];
    AtomicInteger disorder = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      int me = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 1; i <= each; i++) {
                  int number = i;
                  serial.post(
                      () -> {
                        if (seen[me] + 1 != number) {
                          disorder.incrementAndGet();
                        }
                        seen[me] = number;
                      });
                }
                done.countDown();
              });
      thread.setDaemon(true);
      thread.start();
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(disorder).hasValue(0);
  }

  @Test
  void a_task_that_throws_is_told_and_the_strand_goes_on() {
    List<Throwable> bugs = new ArrayList<>();
    List<String> log = new ArrayList<>();
    Strand strand = new Strand(bugs::add);
    strand.post(
        () -> {
          throw new IllegalStateException("task");
        });
    strand.post(
        () ->
            strand.afterwards(
                Effect.of(
                    () -> {
                      throw new IllegalStateException("effect");
                    })));
    strand.post(() -> log.add("still alive"));
    assertThat(bugs).extracting(Throwable::getMessage).containsExactly("task", "effect");
    assertThat(log).containsExactly("still alive");
  }
}
