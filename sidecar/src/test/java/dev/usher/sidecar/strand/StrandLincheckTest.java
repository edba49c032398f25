package dev.usher.sidecar.strand;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving (model checking) and many real ones (stress) of threads that post: the fields
 * below are plain, so that a second thread inside, a lost task or a missing happens-before shows.
 */
public class StrandLincheckTest {
  private final Strand strand =
      new Strand(
          bug -> {
            throw new AssertionError(bug);
          });
  private final java.util.concurrent.atomic.AtomicInteger posted =
      new java.util.concurrent.atomic.AtomicInteger();
  private final java.util.concurrent.atomic.AtomicInteger told =
      new java.util.concurrent.atomic.AtomicInteger();
  private boolean inside;
  private int ran;
  private int overlaps;

  @Operation
  public void post() {
    posted.incrementAndGet();
    strand.post(this::step);
  }

  /** A task that posts another from inside. */
  @Operation
  public void postTwice() {
    posted.addAndGet(2);
    strand.post(
        () -> {
          step();
          strand.post(this::step);
        });
  }

  /** What a thread posts runs in its order. */
  @Operation
  public boolean keepsOrder() {
    posted.addAndGet(2);
    int[] order = new int[1];
    boolean[] right = {true};
    strand.post(
        () -> {
          step();
          right[0] &= order[0]++ == 0;
        });
    strand.post(
        () -> {
          step();
          right[0] &= order[0]++ == 1;
        });
    return right[0];
  }

  @Validate
  public void everyTaskRanAloneAndEveryEffectCameOut() {
    if (overlaps != 0 || ran != posted.get() || told.get() != posted.get()) {
      throw new IllegalStateException(
          "posted %d, ran %d, told %d, overlaps %d"
              .formatted(posted.get(), ran, told.get(), overlaps));
    }
  }

  private void step() {
    if (inside) {
      overlaps++;
    }
    inside = true;
    ran = ran + 1;
    strand.afterwards(Effect.of(told::incrementAndGet));
    inside = false;
  }

  @Test
  void holds_in_every_interleaving_of_the_model_checker() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(5)
        .invocationsPerIteration(1_000)
        .check(this.getClass());
  }

  @Test
  void holds_under_stress() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(3)
        .iterations(5)
        .invocationsPerIteration(2_000)
        .check(this.getClass());
  }
}
