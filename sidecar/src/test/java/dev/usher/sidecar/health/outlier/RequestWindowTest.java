package dev.usher.sidecar.health.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestWindowTest {
  private static final long STEP = 1_000;
  private static final long LENGTH = STEP * RequestWindow.STEPS;

  private final RequestWindow window = new RequestWindow(LENGTH, 0);

  private record Ended(long step, boolean failed, long nanos) {}

  @Test
  void forgets_step_by_step() {
    window.failed(0);
    window.answered(10, STEP - 1);
    window.advance(LENGTH - 1);
    assertThat(window.failures()).isEqualTo(1);
    assertThat(window.answers()).isEqualTo(1);
    window.advance(LENGTH);
    assertThat(window.failures()).isZero();
    assertThat(window.answers()).isZero();
    assertThat(window.meanNanos()).isZero();
  }

  @Test
  void counts_what_a_list_counts() {
    long seed = 3;
    Random random = new Random(seed);
    ArrayDeque<Ended> all = new ArrayDeque<>();
    long now = -50 * STEP;
    RequestWindow walked = new RequestWindow(LENGTH, now);
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(30) == 0 ? random.nextInt((int) LENGTH * 2) : random.nextInt(700);
      long step = Math.floorDiv(now, STEP);
      Ended ended = new Ended(step, random.nextBoolean(), random.nextInt(1_000));
      if (ended.failed()) {
        walked.failed(now);
      } else {
        walked.answered(ended.nanos(), now);
      }
      all.add(ended);
      all.removeIf(old -> old.step() <= step - RequestWindow.STEPS);
      long failures = all.stream().filter(Ended::failed).count();
      long sum = all.stream().filter(each -> !each.failed()).mapToLong(Ended::nanos).sum();
      long answers = all.size() - failures;
      assertThat(walked.failures()).as("seed %d, %d", seed, i).isEqualTo((int) failures);
      assertThat(walked.answers()).isEqualTo((int) answers);
      assertThat(walked.meanNanos()).isEqualTo(answers == 0 ? 0 : sum / answers);
    }
  }
}
