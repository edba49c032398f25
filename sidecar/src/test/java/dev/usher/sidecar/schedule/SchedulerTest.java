package dev.usher.sidecar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulerTest {
  private static final long SEED = 42;

  private static Backend backend(String name, int capacity) {
    return new Backend(
        new BackendSpec(name, new Target("127.0.0.1", 1), capacity, Role.ACTIVE, true), b -> {});
  }

  private static Scheduler scheduler(Scheduling kind) {
    return Scheduler.of(kind, new Random(SEED)::nextInt);
  }

  private static String choices(Scheduler scheduler, List<Backend> backends, int times) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < times; i++) {
      Backend chosen = scheduler.choose(backends, Backend::hasRoom);
      text.append(chosen == null ? "-" : chosen.name());
    }
    return text.toString();
  }

  @ParameterizedTest(name = "round robin with {0} of a b c d without room goes {1}")
  @CsvSource({"'', abcdabcd", "b, acdacdac", "bc, adadadad", "abc, dddddddd", "abcd, --------"})
  void round_robin_really_goes_round(String without, String expected) {
    List<Backend> backends = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      Backend backend = backend(name, 1);
      if (without.contains(name)) {
        backend.setOnline(false);
      }
      backends.add(backend);
    }
    assertThat(choices(scheduler(Scheduling.ROUND_ROBIN), backends, 8)).isEqualTo(expected);
  }

  @Test
  void round_robin_passes_over_a_full_backend_without_giving_its_neighbour_two_turns() {
    Backend a = backend("a", 10);
    Backend b = backend("b", 1);
    Backend c = backend("c", 10);
    b.take();
    Scheduler scheduler = scheduler(Scheduling.ROUND_ROBIN);
    assertThat(choices(scheduler, List.of(a, b, c), 4)).isEqualTo("acac");
    b.giveBack();
    assertThat(choices(scheduler, List.of(a, b, c), 4)).isEqualTo("abca");
  }

  @Test
  void least_load_fills_backends_in_proportion_to_their_capacity() {
    Backend small = backend("s", 2);
    Backend large = backend("l", 8);
    Scheduler scheduler = scheduler(Scheduling.LEAST_LOAD);
    for (int i = 0; i < 5; i++) {
      Objects.requireNonNull(scheduler.choose(List.of(small, large), Backend::hasRoom)).take();
    }
    assertThat(small.inFlight()).isEqualTo(1);
    assertThat(large.inFlight()).isEqualTo(4);
  }

  @Test
  void least_load_goes_round_among_equals() {
    List<Backend> idle = List.of(backend("a", 4), backend("b", 4), backend("c", 4));
    assertThat(choices(scheduler(Scheduling.LEAST_LOAD), idle, 6)).isEqualTo("abcabc");
  }

  @Test
  void chance_gives_each_with_room_about_the_same() {
    Backend full = backend("x", 1);
    full.take();
    List<Backend> backends = List.of(backend("a", 1), full, backend("b", 1), backend("c", 1));
    Map<Character, Integer> counts = new HashMap<>();
    for (char name : choices(scheduler(Scheduling.CHANCE), backends, 30_000).toCharArray()) {
      counts.merge(name, 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys('a', 'b', 'c');
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(9_700, 10_300));
  }

  @ParameterizedTest
  @EnumSource(Scheduling.class)
  void never_chooses_one_that_is_not_eligible(Scheduling kind) {
    Random random = new Random(SEED);
    Scheduler scheduler = scheduler(kind);
    for (int round = 0; round < 20_000; round++) {
      List<Backend> backends = new ArrayList<>();
      boolean any = false;
      for (int i = random.nextInt(6); i > 0; i--) {
        Backend backend = backend("b" + i, 1 + random.nextInt(3));
        backend.setOnline(random.nextBoolean());
        any |= backend.hasRoom();
        backends.add(backend);
      }
      Backend chosen = scheduler.choose(backends, Backend::hasRoom);
      assertThat(chosen != null).isEqualTo(any);
      assertThat(chosen == null || chosen.hasRoom()).isTrue();
    }
  }
}
