package dev.usher.sidecar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTest {

  @ParameterizedTest(name = "at {0} ms of {1} s: {2}")
  @CsvSource({
    "0, 30, ALL_BUSY", "8999, 30, ALL_BUSY", "9000, 30, FLOOD", "16349, 30, FLOOD",
    "16350, 30, VIP_IDLE", "22649, 30, VIP_IDLE", "22650, 30, VIP_BACK", "30000, 30, VIP_BACK",
    "4199, 5, ALL_BUSY", "4000, 6, ALL_BUSY", "4200, 6, FLOOD", "5000, 5, VIP_BACK",
    "839, 1, ALL_BUSY", "840, 1, FLOOD", "1000, 1, VIP_BACK",
  })
  void the_phases_divide_the_whole_time(long millis, long seconds, Phase expected) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    assertThat(Phase.at(nanos, TimeUnit.SECONDS.toNanos(seconds))).isEqualTo(expected);
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
