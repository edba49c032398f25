package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.backend;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.health.HealthState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A long walk of backends that fail, recover, warm up, are disabled, enabled and changed: the
 * shaper's capacity is what a recount from scratch gives, after every step.
 */
class WarmUpWalkTest {
  private static final long SEED = 77;
  private static final int STEPS = 100_000;
  private static final int BACKENDS = 5;

  private final Random random = new Random(SEED);
  private final DirectorKit kit = new DirectorKit(spec(specs()));

  /** Since when a backend warms up, as this test sees it. */
  private final Map<String, Long> warmSince = new HashMap<>();

  private final List<Asked> running = new ArrayList<>();
  private DirectorView before = kit.director.view();

  @Test
  void the_capacity_is_the_recomputed_sum_at_each_step() {
    Map<String, Integer> seen = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      String what = step();
      DirectorView now = kit.director.view();
      followWarmUps(now);
      assertThat(now.capacity()).as("seed %d, step %d: %s", SEED, step, what).isEqualTo(sum(now));
      before = now;
      seen.merge(what, 1, Integer::sum);
    }
    assertThat(seen.values()).allMatch(often -> often > STEPS / 50);
    assertThat(seen).hasSize(9);
  }

  private String step() {
    String name = "b" + random.nextInt(BACKENDS);
    switch (random.nextInt(9)) {
      case 0 -> {
        fail(name);
        return "failure";
      }
      case 1 -> {
        while (!kit.probes.isEmpty()) {
          kit.probes.remove().accept(random.nextInt(4) > 0);
        }
        return "probes";
      }
      case 2 -> {
        kit.time.advanceMillis(random.nextInt(3_000));
        return "time";
      }
      case 3 -> {
        edit(name, each -> each.withEnabled(!each.enabled()));
        return "lock";
      }
      case 4 -> {
        Role role = List.of(Role.values()).get(random.nextInt(4));
        edit(name, each -> each.withRole(role));
        return "role";
      }
      case 5 -> {
        int capacity = 1 + random.nextInt(random.nextBoolean() ? 5 : 500);
        edit(name, each -> with(each, capacity));
        return "capacity";
      }
      case 6 -> {
        Duration length = Duration.ofMillis(random.nextInt(3) * (long) random.nextInt(9_000));
        boolean sticky = random.nextInt(8) == 0;
        kit.change(
            s ->
                s.withSettings(
                    s.settings().edit().slowStart(length).stickyOfflineMode(sticky).build()));
        return "settings";
      }
      case 7 -> {
        Asked asked = kit.ask(null);
        if (asked.isGranted()) {
          running.add(asked);
        } else {
          asked.ticket.cancel();
        }
        return "request";
      }
      default -> {
        if (!running.isEmpty()) {
          running.remove(random.nextInt(running.size())).lease().close(Outcome.SERVED);
        }
        return "answer";
      }
    }
  }

  private void fail(String name) {
    Asked asked = kit.pin(name);
    if (asked.isGranted()) {
      asked.lease().close(Outcome.CONNECT_FAILED);
    }
  }

  private void edit(String name, UnaryOperator<BackendSpec> change) {
    kit.change(
        s ->
            s.withBackends(
                s.backends().stream()
                    .map(each -> each.name().equals(name) ? change.apply(each) : each)
                    .toList()));
  }

  private static BackendSpec with(BackendSpec old, int capacity) {
    BackendSpec changed =
        new BackendSpec(old.name(), old.url(), capacity, old.role(), old.enabled());
    Disabled why = old.disabled();
    return why == null ? changed : changed.withDisabled(why);
  }

  /** Who can be used again, from now on, and could not before. */
  private void followWarmUps(DirectorView now) {
    for (int i = 0; i < BACKENDS; i++) {
      BackendView was = before.backends().get(i);
      BackendView is = now.backends().get(i);
      if (!isUp(was) && isUp(is)) {
        warmSince.put(is.spec().name(), kit.time.nanos());
      }
    }
    long lengthNanos = now.spec().settings().slowStart().toNanos();
    warmSince.values().removeIf(since -> kit.time.nanos() - since >= lengthNanos);
  }

  private static boolean isUp(BackendView view) {
    return view.spec().enabled() && view.health().state() == HealthState.ONLINE;
  }

  private int sum(DirectorView view) {
    boolean regular =
        view.backends().stream()
            .anyMatch(each -> isAvailable(each) && each.spec().role() != Role.BACKUP);
    return view.backends().stream()
        .filter(each -> isAvailable(each) && (each.spec().role() != Role.BACKUP) == regular)
        .mapToInt(each -> warm(each.spec(), view.spec().settings().slowStart().toNanos()))
        .sum();
  }

  private static boolean isAvailable(BackendView view) {
    return isUp(view) && view.spec().role() != Role.TERMINATING;
  }

  private int warm(BackendSpec spec, long lengthNanos) {
    Long since = warmSince.get(spec.name());
    if (since == null) {
      return spec.capacity();
    }
    long percent = 10 + (kit.time.nanos() - since) * 90 / lengthNanos;
    return (int) Math.max(1, spec.capacity() * percent / 100);
  }

  private static List<BackendSpec> specs() {
    List<BackendSpec> specs = new ArrayList<>();
    for (int i = 0; i < BACKENDS; i++) {
      specs.add(backend("b" + i, 10 * (i + 1), i < 3 ? Role.ACTIVE : Role.BACKUP));
    }
    return specs;
  }
}
