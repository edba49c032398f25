package dev.usher.sidecar.director.core;

import dev.usher.sidecar.strand.Serial;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories of a whole director; what must always hold is checked after every step. */
class DirectorHistoryTest {
  private static final int HISTORIES = Integer.getInteger("usher.histories", 1_500);

  @ParameterizedTest
  @MethodSource("dev.usher.sidecar.director.core.DirectorKit#strands")
  void holds_after_every_step(Supplier<Serial> strands) {
    long first = Long.getLong("usher.seed", 1L);
    for (long seed = first; seed < first + HISTORIES; seed++) {
      new DirectorHistory(strands, seed).run();
    }
  }
}
