package dev.usher.sidecar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTest {

  @ParameterizedTest(name = "at {0} of 1000: {1}")
  @CsvSource({
    "0, ALL_BUSY",
    "299, ALL_BUSY",
    "300, FLOOD",
    "549, FLOOD",
    "550, VIP_IDLE",
    "749, VIP_IDLE",
    "750, VIP_BACK",
    "1000, VIP_BACK",
  })
  void the_phases_divide_the_whole_time(long elapsed, Phase expected) {
    assertThat(Phase.at(elapsed, 1_000)).isEqualTo(expected);
  }

  @Test
  void a_busy_class_has_more_clients_than_its_ceil_and_the_flood_exceeds_the_capacity() {
    assertThat(DemoClass.VIP.clients()).isGreaterThan(20);
    assertThat(DemoClass.UPLOAD.clients()).isGreaterThan(10);
    assertThat(DemoClass.BACKEND.clients()).isGreaterThan(10);
    assertThat(DemoClass.JAIL.clients()).isGreaterThan(5);
    for (Phase phase : new Phase[] {Phase.FLOOD, Phase.VIP_IDLE, Phase.VIP_BACK}) {
      assertThat(Arrays.stream(DemoClass.values()).mapToInt(phase::clients).sum())
          .isGreaterThan(100);
    }
  }
}
