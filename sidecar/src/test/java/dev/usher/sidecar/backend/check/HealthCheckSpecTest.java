package dev.usher.sidecar.backend.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.unit.InvalidValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckSpecTest {
  private static final HealthCheckSpec DEFAULT = HealthCheckSpec.DEFAULT;

  private static void wantRefused(String field, HealthCheckEditor edit) {
    assertThatThrownBy(edit::build)
        .isInstanceOf(InvalidValue.class)
        .extracting(e -> ((InvalidValue) e).field())
        .isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "HEAD", "OPTIONS", "get", "M-SEARCH", "CONNECTS", "!#$%&'*+.^_`|~"})
  void a_method_is_a_token(String method) {
    assertThat(DEFAULT.edit().method(method).build().method()).isEqualTo(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CONNECT", "GET /", "G\u00c4T", "GET\r\n", "a:b"})
  void others_are_refused(String method) {
    wantRefused("method", DEFAULT.edit().method(method));
  }

  @Test
  void a_method_has_at_most_32_letters() {
    assertThat(DEFAULT.edit().method("M".repeat(32)).build().method()).hasSize(32);
    wantRefused("method", DEFAULT.edit().method("M".repeat(33)));
  }

  @Test
  void a_match_has_at_most_1_024_bytes() {
    assertThat(DEFAULT.edit().match("x".repeat(1_024)).build().match()).hasSize(1_024);
    assertThat(DEFAULT.edit().match("\u00e4".repeat(512)).build().match()).hasSize(512);
    wantRefused("match", DEFAULT.edit().match("x".repeat(1_025)));
    wantRefused("match", DEFAULT.edit().match("\u00e4".repeat(512) + "x"));
  }

  @Test
  void the_empty_match_is_none() {
    assertThat(DEFAULT.edit().match("").build()).isEqualTo(DEFAULT);
  }

  @Test
  void head_gets_no_body_to_match() {
    wantRefused("match", DEFAULT.edit().match("up").method("HEAD"));
    assertThat(DEFAULT.edit().match("").method("HEAD").build().match()).isNull();
  }

  @Test
  void thresholds_and_times_have_their_ranges() {
    wantRefused("fall", DEFAULT.edit().fall(0));
    wantRefused("fall", DEFAULT.edit().fall(1_001));
    wantRefused("fall-5xx", DEFAULT.edit().fall5xx(0));
    wantRefused("success-threshold", DEFAULT.edit().successThreshold(0));
    wantRefused("interval", DEFAULT.edit().interval(Duration.ofMillis(9)));
    wantRefused("timeout", DEFAULT.edit().timeout(Duration.ZERO));
    wantRefused("expect", DEFAULT.edit().expect(List.of()));
    wantRefused("expect", DEFAULT.edit().expect(List.of(200, 600)));
  }

  @Test
  void times_are_10_ms_to_a_day_and_1_ms_to_5_minutes() {
    Duration most = HealthCheckSpec.MOST_INTERVAL;
    assertThat(DEFAULT.edit().interval(most).build().interval()).isEqualTo(Duration.ofDays(1));
    wantRefused("interval", DEFAULT.edit().interval(most.plusNanos(1)));
    most = HealthCheckSpec.MOST_TIMEOUT;
    assertThat(DEFAULT.edit().timeout(most).build().timeout()).isEqualTo(Duration.ofMinutes(5));
    wantRefused("timeout", DEFAULT.edit().timeout(most.plusNanos(1)));
    assertThatThrownBy(() -> DEFAULT.edit().timeout(Duration.ofDays(10_000)).build())
        .hasMessage("timeout: want 1ms to 5m, got '864000000000ms'");
  }

  /** RFC 9110, section 15.2: a final answer follows. */
  @Test
  void an_interim_status_is_no_answer_to_expect() {
    wantRefused("expect", DEFAULT.edit().expect(List.of(199)));
    wantRefused("expect", DEFAULT.edit().expect(List.of(200, 101)));
    assertThat(DEFAULT.edit().expect(List.of(200, 599)).build().expect()).hasSize(2);
  }

  @Test
  void an_override_holds_only_what_it_says_over_whatever_is_below() {
    HealthCheckOverride said =
        new HealthCheckEditor().mode(HealthMode.PARANOID).fall(4).match("").override();
    HealthCheckSpec below = DEFAULT.edit().match("up").interval(Duration.ofSeconds(9)).build();
    assertThat(said.over(below))
        .isEqualTo(
            DEFAULT
                .edit()
                .mode(HealthMode.PARANOID)
                .fall(4)
                .interval(Duration.ofSeconds(9))
                .build());
    assertThat(HealthCheckOverride.NONE.over(below)).isSameAs(below);
  }

  @Test
  void an_override_that_does_not_fit_is_to_blame_for_what_it_says() {
    HealthCheckSpec matching = DEFAULT.edit().match("up").build();
    HealthCheckSpec heading = DEFAULT.edit().method("HEAD").build();
    HealthCheckOverride head = new HealthCheckEditor().method("HEAD").override();
    HealthCheckOverride match = new HealthCheckEditor().match("up").override();
    assertThatThrownBy(() -> head.over(matching)).hasMessageStartingWith("method: want ");
    assertThatThrownBy(() -> match.over(heading)).hasMessageStartingWith("match: want ");
    assertThat(match.over(matching)).isEqualTo(matching);
  }
}
