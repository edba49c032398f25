package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.strand.Serial;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody waits to or is granted after its own deadline. */
class DeadlineScriptTest {
  private static final long SECOND = 1_000_000_000L;

  private static DirectorKit full(Supplier<Serial> strands) {
    return new DirectorKit(strands, spec(List.of(active("a", 1))));
  }

  private static Asked due(DirectorKit kit, long inNanos) {
    return kit.ask(null, kit.time.nanos() + inNanos);
  }

  @ParameterizedTest
  @MethodSource("dev.usher.sidecar.director.core.DirectorKit#strands")
  void a_waiter_leaves_at_its_deadline_and_not_before(Supplier<Serial> strands) {
    DirectorKit kit = full(strands);
    kit.ask(null);
    Asked waiter = due(kit, SECOND);
    kit.time.advanceNanos(SECOND - 1);
    assertThat(waiter.state()).isEqualTo("waits");
    kit.time.advanceNanos(1);
    assertThat(waiter.state()).isEqualTo("deadline");
    assertThat(kit.time.timers()).isZero();
    assertThat(kit.director.view().queued().current()).isZero();
    assertThat(kit.director.view().shaper().stats().timedOut()).isEqualTo(1);
    assertThat(kit.director.view().dropped()).isEqualTo(1);
    assertThat(kit.director.view().deadlineExceeded()).isEqualTo(1);
  }

  @ParameterizedTest(name = "due after {0} s of a queue-timeout of 30 s")
  @CsvSource({"29, 29, deadline", "30, 30, deadline", "31, 30, queue-timeout"})
  void whichever_comes_first(long dueSeconds, long refusedSeconds, String reason) {
    DirectorKit kit = full(DirectorKit::strand);
    kit.ask(null);
    Asked waiter = due(kit, dueSeconds * SECOND);
    kit.time.advanceNanos(refusedSeconds * SECOND - 1);
    assertThat(waiter.state()).isEqualTo("waits");
    kit.time.advanceNanos(1);
    assertThat(waiter.state()).isEqualTo(reason);
  }

  @ParameterizedTest(name = "a token that comes {0} ns after the deadline: {1}")
  @CsvSource({"-1, a", "0, deadline", "1, deadline"})
  void nothing_is_granted_from_the_deadline_on_however_late_the_alarm_rings(
      long nanos, String state) {
    DirectorKit kit = full(DirectorKit::strand);
    Asked holder = kit.ask(null);
    Asked waiter = due(kit, SECOND);
    Asked patient = kit.ask(null);
    kit.time.skipNanos(SECOND + nanos);
    holder.lease().close(Outcome.SERVED);
    assertThat(waiter.state()).isEqualTo(state);
    assertThat(patient.isGranted()).as("who comes next").isEqualTo(!waiter.isGranted());
  }

  @Test
  void the_same_holds_for_the_queue_timeout() {
    DirectorKit kit = full(DirectorKit::strand);
    Asked holder = kit.ask(null);
    Asked waiter = kit.ask(null);
    kit.time.skipNanos(30 * SECOND);
    holder.lease().close(Outcome.SERVED);
    assertThat(waiter.state()).isEqualTo("queue-timeout");
  }

  @ParameterizedTest(name = "{0} ns after the deadline: {1}")
  @CsvSource({"-1, a", "0, deadline", "1, deadline"})
  void whoever_asks_after_its_deadline_is_refused_at_once(long nanos, String state) {
    DirectorKit kit = full(DirectorKit::strand);
    assertThat(due(kit, -nanos).state()).isEqualTo(state);
    DirectorKit other = full(DirectorKit::strand);
    assertThat(other.pin("a", other.time.nanos() - nanos).state()).isEqualTo(state);
  }

  @Test
  void whoever_asks_after_its_deadline_never_queues() {
    DirectorKit kit = full(DirectorKit::strand);
    kit.ask(null);
    assertThat(due(kit, 0).state()).isEqualTo("deadline");
    assertThat(kit.director.view().queued().total()).isZero();
    assertThat(kit.director.view().shaper().stats().timedOut()).isZero();
    assertThat(kit.director.view().dropped()).isEqualTo(1);
    assertThat(kit.time.timers()).isZero();
  }

  @ParameterizedTest(name = "a failure {0} ns after the deadline: {1}")
  @CsvSource({"-1, b", "0, deadline", "1, deadline"})
  void a_retry_after_the_deadline_is_refused(long nanos, String state) {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    kit.change(settings(s -> s.edit().maxRetryCount(1).build()));
    Asked asked = due(kit, SECOND);
    assertThat(asked.state()).isEqualTo("a");
    kit.time.advanceNanos(SECOND + nanos);
    asked.retry(Outcome.CONNECT_FAILED);
    assertThat(asked.state()).isEqualTo(state);
    assertThat(kit.director.view().load().current()).isEqualTo(asked.isGranted() ? 1 : 0);
    assertThat(kit.director.view().shaper().actual()).isEqualTo(asked.isGranted() ? 1 : 0);
  }

  @Test
  void a_retry_that_has_to_wait_leaves_at_the_same_deadline() {
    DirectorKit kit = full(DirectorKit::strand);
    Asked asked = due(kit, SECOND);
    kit.time.advanceNanos(SECOND / 2);
    asked.retry(Outcome.CONNECT_FAILED);
    kit.time.advanceNanos(SECOND / 2 - 1);
    assertThat(asked.state()).isEqualTo("waits");
    kit.time.advanceNanos(1);
    assertThat(asked.state()).isEqualTo("deadline");
  }

  @Test
  void an_attempt_that_its_deadline_ended_says_nothing_of_the_backend() {
    DirectorKit kit = full(DirectorKit::strand);
    due(kit, SECOND).lease().close(Outcome.DEADLINE);
    assertThat(kit.director.view().deadlineExceeded()).isEqualTo(1);
    assertThat(kit.director.view().dropped()).as("what the director refused").isZero();
    assertThat(kit.healthLog).isEmpty();
    assertThat(kit.ask(null).state()).isEqualTo("a");
  }
}
