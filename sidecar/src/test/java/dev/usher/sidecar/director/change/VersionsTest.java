package dev.usher.sidecar.director.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private final AtomicLong clock = new AtomicLong();
  private final Versions versions = new Versions(clock::get);

  @Test
  void none_is_handed_out_twice_while_the_clock_stands_still() {
    assertThat(versions.next()).isEqualTo(1);
    assertThat(versions.next()).isEqualTo(2);
  }

  @Test
  void they_follow_the_clock_with_room_for_a_thousand_in_each_millisecond() {
    clock.set(1_700_000_000_000L);
    assertThat(versions.next()).isEqualTo(1_700_000_000_000_000L);
    assertThat(versions.next()).isEqualTo(1_700_000_000_000_001L);
    clock.incrementAndGet();
    assertThat(versions.next()).isEqualTo(1_700_000_000_001_000L);
  }

  @Test
  void after_a_restart_they_are_higher_than_those_before_it() {
    clock.set(1_000);
    long last = 0;
    for (int i = 0; i < 999; i++) {
      last = versions.next();
    }
    clock.incrementAndGet();
    assertThat(new Versions(clock::get).next()).isGreaterThan(last);
  }

  @Test
  void a_clock_that_was_set_back_does_not_bring_them_back() {
    clock.set(1_000);
    long before = versions.next();
    clock.set(10);
    assertThat(versions.next()).isEqualTo(before + 1);
    Versions restarted = new Versions(clock::get);
    restarted.passed(before + 1);
    restarted.passed(3);
    assertThat(restarted.next()).isEqualTo(before + 2);
  }
}
