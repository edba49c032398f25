package dev.usher.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.time.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {
  private static final long STEP_NANOS = 1_000_000_000L;

  /** One step of 1 % a second. */
  private static final Duration LENGTH = Duration.ofSeconds(90);

  private final FakeTime time = new FakeTime();
  private int changes;
  private Backend backend = backend(1_000);
  private WarmUp warmUp = warmUp(LENGTH);

  private Backend backend(int capacity) {
    return new Backend(
        new BackendSpec("b", new Target("127.0.0.1", 1), capacity, Role.ACTIVE, true),
        changed -> changes++);
  }

  private WarmUp warmUp(Duration slowStart) {
    HealthPorts ports =
        new HealthPorts(
            (target, how, done) -> {
              throw new AssertionError("no probe");
            },
            time,
            time,
            new Jitter(sides -> 0),
            Runnable::run);
    return new WarmUp(backend, slowStart, ports);
  }

  @Test
  void begins_with_a_tenth_and_steps_on_time() {
    assertThat(backend.capacity()).isEqualTo(1_000);
    warmUp.begin();
    assertThat(backend.capacity()).isEqualTo(100);
    for (int step = 1; step <= 90; step++) {
      time.advanceNanos(STEP_NANOS - 1);
      assertThat(backend.capacity()).isEqualTo(100 + 10 * (step - 1));
      time.advanceNanos(1);
      assertThat(backend.capacity()).isEqualTo(100 + 10 * step);
    }
    assertThat(time.timers()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 1_000_000})
  void lets_one_request_in_at_least_and_never_more_than_the_capacity(int capacity) {
    backend = backend(capacity);
    warmUp = warmUp(LENGTH);
    warmUp.begin();
    int before = 0;
    for (int second = 0; second <= 90; second++) {
      int expected = Math.max(1, (int) (capacity * (10L + second) / 100));
      assertThat(backend.capacity()).isEqualTo(expected).isGreaterThanOrEqualTo(before);
      before = expected;
      time.advanceNanos(STEP_NANOS);
    }
    assertThat(backend.capacity()).isEqualTo(capacity);
  }

  @Test
  void a_length_that_is_no_multiple_of_the_steps_ends_on_time() {
    warmUp = warmUp(Duration.ofMillis(7));
    warmUp.begin();
    time.advanceNanos(7_000_000 - 1);
    assertThat(backend.capacity()).isEqualTo(990);
    time.advanceNanos(1);
    assertThat(backend.capacity()).isEqualTo(1_000);
  }

  @Test
  void without_slow_start_it_is_warm_at_once() {
    warmUp = warmUp(Duration.ZERO);
    warmUp.begin();
    assertThat(backend.capacity()).isEqualTo(1_000);
    assertThat(changes).isZero();
    assertThat(time.timers()).isZero();
  }

  @Test
  void a_year_is_not_too_long() {
    warmUp = warmUp(Duration.ofDays(365));
    warmUp.begin();
    time.advanceNanos(Duration.ofDays(364).toNanos());
    assertThat(backend.capacity()).isEqualTo(990);
    time.advanceNanos(Duration.ofDays(1).toNanos());
    assertThat(backend.capacity()).isEqualTo(1_000);
  }

  @Test
  void begins_anew_when_the_backend_has_been_away_again() {
    warmUp.begin();
    time.advanceNanos(50 * STEP_NANOS);
    warmUp.stop();
    assertThat(time.timers()).isZero();
    warmUp.begin();
    assertThat(backend.capacity()).isEqualTo(100);
    time.advanceNanos(STEP_NANOS);
    assertThat(backend.capacity()).isEqualTo(110);
  }

  @Test
  void another_length_counts_from_the_beginning() {
    warmUp.begin();
    time.advanceNanos(9 * STEP_NANOS);
    warmUp.configure(LENGTH.dividedBy(10));
    assertThat(backend.capacity()).isEqualTo(1_000);
    warmUp.configure(LENGTH);
    assertThat(backend.capacity()).isEqualTo(1_000);
    warmUp.begin();
    time.advanceNanos(9 * STEP_NANOS);
    warmUp.configure(LENGTH.multipliedBy(2));
    assertThat(backend.capacity()).isEqualTo(140);
  }

  @Test
  void another_capacity_is_warm_to_the_same_part() {
    warmUp.begin();
    time.advanceNanos(10 * STEP_NANOS);
    backend.configure(new BackendSpec("b", new Target("127.0.0.1", 1), 50, Role.ACTIVE, true));
    assertThat(backend.capacity()).isEqualTo(10);
  }

  @Test
  void what_is_held_is_held_of_what_is_warm() {
    warmUp.begin();
    assertThat(backend.hold()).isTrue();
    assertThat(backend.capacity()).isEqualTo(99);
    time.advanceNanos(90 * STEP_NANOS);
    assertThat(backend.capacity()).isEqualTo(999);
    backend.letGo();
    assertThat(backend.capacity()).isEqualTo(1_000);
  }
}
