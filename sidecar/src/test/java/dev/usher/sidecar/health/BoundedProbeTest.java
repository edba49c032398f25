package dev.usher.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe.Result;
import dev.usher.sidecar.time.FakeTime;
import dev.usher.sidecar.time.SystemClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BoundedProbeTest {
  private static final Result GOOD = new Result(true, "good");
  private static final int MOST = 2;

  private final FakeTime time = new FakeTime();
  private final ArrayDeque<Integer> started = new ArrayDeque<>();
  private final ArrayDeque<Consumer<Result>> running = new ArrayDeque<>();
  private final List<Integer> told = new ArrayList<>();
  private final BoundedProbe bounded =
      new BoundedProbe(
          (target, how, done) -> {
            started.add(target.port());
            running.add(done);
            return () -> done.accept(new Result(false, "called off by the test"));
          },
          MOST,
          time);

  private void probe(Probe with, int number) {
    with.probe(
        new Target("127.0.0.1", number), HealthCheckSpec.DEFAULT, result -> told.add(number));
  }

  @Test
  void so_many_run_and_the_others_follow_in_order() {
    for (int number = 1; number <= 5; number++) {
      probe(bounded, number);
    }
    assertThat(started).containsExactly(1, 2);
    running.remove().accept(GOOD);
    assertThat(started).containsExactly(1, 2, 3);
    running.remove().accept(GOOD);
    running.remove().accept(GOOD);
    assertThat(started).containsExactly(1, 2, 3, 4, 5);
    assertThat(told).containsExactly(1, 2, 3);
  }

  @Test
  void a_result_that_is_told_twice_counts_once() {
    for (int number = 1; number <= 4; number++) {
      probe(bounded, number);
    }
    Consumer<Result> first = running.remove();
    first.accept(GOOD);
    first.accept(GOOD);
    assertThat(started).containsExactly(1, 2, 3);
    assertThat(told).containsExactly(1);
  }

  private Probe.Pending asked(int number, List<Result> results) {
    return bounded.probe(new Target("127.0.0.1", number), HealthCheckSpec.DEFAULT, results::add);
  }

  @Test
  void one_that_is_called_off_while_it_waits_never_starts_and_is_told_once() {
    List<Result> results = new ArrayList<>();
    probe(bounded, 1);
    probe(bounded, 2);
    Probe.Pending third = asked(3, results);
    probe(bounded, 4);
    third.cancel();
    assertThat(bounded.waiting()).as("only 4 is kept").isEqualTo(1);
    third.cancel();
    assertThat(results).containsExactly(new Result(false, "called off"));
    running.remove().accept(GOOD);
    assertThat(started).containsExactly(1, 2, 4);
  }

  @Test
  void one_that_is_called_off_under_way_gives_its_place_back() {
    List<Result> results = new ArrayList<>();
    Probe.Pending first = asked(1, results);
    probe(bounded, 2);
    probe(bounded, 3);
    first.cancel();
    first.cancel();
    assertThat(results).hasSize(1);
    assertThat(started).containsExactly(1, 2, 3);
    running.remove().accept(GOOD);
    assertThat(results).as("its own answer comes too late").hasSize(1);
  }

  @Test
  void one_that_is_called_off_after_its_end_ends_nothing() {
    List<Result> results = new ArrayList<>();
    Probe.Pending first = asked(1, results);
    running.remove().accept(GOOD);
    first.cancel();
    assertThat(results).containsExactly(GOOD);
    probe(bounded, 2);
    probe(bounded, 3);
    probe(bounded, 4);
    assertThat(started).as("two places, not three").containsExactly(1, 2, 3);
  }

  @Test
  void one_that_is_called_off_within_its_start_is_called_off() {
    List<Result> results = new ArrayList<>();
    AtomicReference<Probe.Pending> first = new AtomicReference<>();
    BoundedProbe one =
        new BoundedProbe(
            (target, how, done) -> {
              Probe.Pending self = first.get();
              if (self != null) {
                self.cancel();
              }
              return () -> done.accept(new Result(false, "called off by the test"));
            },
            1,
            time);
    Probe.Pending before = one.probe(new Target("127.0.0.1", 1), HealthCheckSpec.DEFAULT, r -> {});
    first.set(one.probe(new Target("127.0.0.1", 2), HealthCheckSpec.DEFAULT, results::add));
    before.cancel();
    assertThat(results).containsExactly(new Result(false, "called off by the test"));
  }

  @Test
  void who_throws_at_hearing_it_takes_nobodys_place() {
    bounded.probe(
        new Target("127.0.0.1", 1),
        HealthCheckSpec.DEFAULT,
        result -> {
          throw new IllegalStateException("a defect, made by this test");
        });
    probe(bounded, 2);
    probe(bounded, 3);
    Consumer<Result> first = running.remove();
    assertThatThrownBy(() -> first.accept(GOOD)).hasMessageContaining("made by this test");
    assertThat(started).containsExactly(1, 2, 3);
  }

  @Test
  void a_probe_that_cannot_begin_is_a_bad_one() {
    BoundedProbe broken =
        new BoundedProbe(
            (target, how, done) -> {
              throw new IllegalStateException("no thread");
            },
            1,
            time);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      broken.probe(new Target("127.0.0.1", 1), HealthCheckSpec.DEFAULT, results::add);
    }
    assertThat(results)
        .hasSize(3)
        .containsOnly(new Result(false, "the probe could not begin: no thread"));
  }

  @Test
  void probes_that_end_at_once_do_not_pile_up_on_the_stack() {
    int many = 100_000;
    BoundedProbe quick =
        new BoundedProbe(
            (target, how, done) -> {
              done.accept(GOOD);
              return () -> {};
            },
            1,
            time);
    AtomicInteger left = new AtomicInteger(many);
    quick.probe(new Target("127.0.0.1", 1), HealthCheckSpec.DEFAULT, new Again(quick, left));
    assertThat(left).hasValue(0);
  }

  /** Asks once more whenever it hears. */
  private record Again(Probe probe, AtomicInteger left) implements Consumer<Result> {
    @Override
    public void accept(Result result) {
      if (left.decrementAndGet() > 0) {
        probe.probe(new Target("127.0.0.1", 1), HealthCheckSpec.DEFAULT, this);
      }
    }
  }

  @Test
  void many_threads_get_all_their_answers_and_never_too_many_run() throws Exception {
    int threads = 4;
    int each = 50_000;
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch answers = new CountDownLatch(threads * each);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    ExecutorService askers = Executors.newFixedThreadPool(threads);
    try {
      BoundedProbe busy =
          new BoundedProbe(
              (target, how, done) -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Runnable end =
                    () -> {
                      now.decrementAndGet();
                      done.accept(GOOD);
                    };
                if (target.port() % 3 == 0) {
                  end.run();
                } else {
                  workers.execute(end);
                }
                return () -> {};
              },
              8,
              new SystemClock());
      for (int thread = 0; thread < threads; thread++) {
        Random random = new Random(thread);
        askers.execute(
            () -> {
              for (int i = 0; i < each; i++) {
                Target target = new Target("127.0.0.1", 1 + random.nextInt(1_000));
                Probe.Pending pending =
                    busy.probe(target, HealthCheckSpec.DEFAULT, result -> answers.countDown());
                if (random.nextInt(4) == 0) {
                  pending.cancel();
                }
              }
            });
      }
      assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(most.get()).isBetween(1, 8);
      assertThat(now).hasValue(0);
    } finally {
      workers.shutdownNow();
      askers.shutdownNow();
    }
  }
}
