package dev.usher.sidecar.http.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.director.spec.Timeouts;
import io.undertow.util.HeaderMap;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineFieldsTest {
  private static final long YEAR_NANOS = Duration.ofDays(365).toNanos();

  private static HeaderMap millis(String value) {
    return new HeaderMap().add(DeadlineFields.MILLIS, value);
  }

  private static HeaderMap grpc(String value) {
    return new HeaderMap().add(DeadlineFields.GRPC, value);
  }

  @ParameterizedTest(name = "{0} ms")
  @CsvSource({"0, 0", "1, 1", "007, 7", "2500, 2500", "31536000000, 31536000000"})
  void millis_are_understood(String value, long wantedMillis) {
    assertThat(DeadlineFields.areClear(millis(value))).isTrue();
    assertThat(DeadlineFields.leftNanos(millis(value))).isEqualTo(wantedMillis * 1_000_000);
  }

  @ParameterizedTest(name = "'{0}'")
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1.5",
        "1s",
        "1e3",
        "0x10",
        "5, 6",
        "31536000001",
        "99999999999",
        "000000000001",
        "9223372036854775808",
        "\u0661"
      })
  void other_millis_are_not(String value) {
    assertThat(DeadlineFields.areClear(millis(value))).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "1H, 3600000000000",
    "2M, 120000000000",
    "3S, 3000000000",
    "4m, 4000000",
    "5u, 5000",
    "6n, 6",
    "0S, 0",
    "00000001m, 1000000",
    "99999999n, 99999999"
  })
  void grpc_timeouts_are_understood(String value, long wantedNanos) {
    assertThat(DeadlineFields.areClear(grpc(value))).isTrue();
    assertThat(DeadlineFields.leftNanos(grpc(value))).isEqualTo(wantedNanos);
  }

  @Test
  void the_longest_grpc_timeouts_count_as_a_year() {
    assertThat(DeadlineFields.leftNanos(grpc("99999999H"))).isEqualTo(YEAR_NANOS);
    assertThat(DeadlineFields.leftNanos(grpc("99999999M"))).isEqualTo(YEAR_NANOS);
    assertThat(DeadlineFields.leftNanos(grpc("99999999S"))).isEqualTo(YEAR_NANOS);
  }

  @ParameterizedTest(name = "'{0}'")
  @ValueSource(
      strings = {"", "S", "1", "1s", "1h", "100000000n", "-1S", "1 S", "1S ", "1SS", "1S, 2S"})
  void other_grpc_timeouts_are_not(String value) {
    assertThat(DeadlineFields.areClear(grpc(value))).isFalse();
  }

  @Test
  void the_least_counts_and_one_that_is_unclear_spoils_all() {
    HeaderMap fields = millis("500").add(DeadlineFields.MILLIS, "300");
    assertThat(DeadlineFields.leftNanos(fields)).isEqualTo(300_000_000);
    fields.add(DeadlineFields.GRPC, "200m");
    assertThat(DeadlineFields.leftNanos(fields)).isEqualTo(200_000_000);
    fields.add(DeadlineFields.GRPC, "2 days");
    assertThat(DeadlineFields.areClear(fields)).isFalse();
  }

  @ParameterizedTest(name = "{0} ns")
  @CsvSource({
    "1, 0, 1n",
    "99999999, 99, 99999999n",
    "100000000, 100, 100000u",
    "99999999999, 99999, 99999999u",
    "100000000000, 100000, 100000m",
    "99999999999999, 99999999, 99999999m",
    "100000000000000, 100000000, 100000S",
    "31536000000000000, 31536000000, 31536000S"
  })
  void what_is_left_is_rounded_down(long nanos, String millis, String grpc) {
    HeaderMap fields = millis("1").add(DeadlineFields.MILLIS, "2").add(DeadlineFields.GRPC, "1H");
    DeadlineFields.shorten(fields, nanos);
    assertThat(fields.get(DeadlineFields.MILLIS)).containsExactly(millis);
    assertThat(fields.get(DeadlineFields.GRPC)).containsExactly(grpc);
    assertThat(DeadlineFields.leftNanos(fields)).isBetween(0L, nanos);
  }

  @Test
  void fields_that_are_not_there_are_not_made() {
    HeaderMap fields = new HeaderMap();
    DeadlineFields.shorten(fields, 1);
    assertThat(fields.size()).isZero();
  }

  @ParameterizedTest(name = "request-timeout {0} ms, field {1}: {2}")
  @CsvSource({"0, , 0", "300, , 300", "0, 200, 200", "300, 200, 200", "300, 400, 300"})
  void the_deadline_is_whichever_comes_first(long timeout, String field, long wantedMillis) {
    Timeouts timeouts =
        Settings.DEFAULT.edit().requestTimeout(Duration.ofMillis(timeout)).build().timeouts();
    HeaderMap fields = field == null ? new HeaderMap() : millis(field);
    long arrival = Long.MAX_VALUE - 5;
    Deadline deadline = Deadline.of(fields, timeouts, () -> arrival);
    assertThat(deadline.exists()).isEqualTo(wantedMillis > 0);
    if (deadline.exists()) {
      long due = arrival + wantedMillis * 1_000_000;
      assertThat(deadline.hasCome(due - 1)).isFalse();
      assertThat(deadline.hasCome(due)).isTrue();
      assertThat(deadline.hasCome(due + 1)).isTrue();
    }
  }
}
