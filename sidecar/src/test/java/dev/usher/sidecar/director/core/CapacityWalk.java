package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorModel.want;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.core.DirectorKit.Probing;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.health.HealthState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * One director at random: backends join, leave, are enabled and disabled, get another role,
 * capacity, address or mode, fail and recover, are probed and busy. What a probe holds is known
 * here from the outside: which probe began while its backend was online and opportunistic.
 */
final class CapacityWalk {
  private static final int BACKENDS = 6;
  private static final List<Duration> INTERVALS =
      List.of(Duration.ofMillis(300), Duration.ofSeconds(2));

  /** What has happened, so that a walk is known to have been worth its name. */
  enum Seen {
    HELD,
    HELD_THE_LAST_UNIT,
    FAILED,
    RECOVERED,
    UNKNOWN,
    ON_BACKUPS,
    NONE
  }

  private final long seed;
  private final Random random;
  private final DirectorKit kit;
  private final List<Asked> requests = new ArrayList<>();
  private final Set<Probing> known = new HashSet<>();

  /** Backends of which a unit is held, by name, with the probe that holds it. */
  private final Map<String, Probing> holds = new HashMap<>();

  private final EnumMap<Seen, Integer> seen = new EnumMap<>(Seen.class);

  CapacityWalk(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.kit =
        new DirectorKit(
            DirectorKit::strand,
            new Random(seed)::nextInt,
            DirectorKit.spec(List.of(backend(0), backend(1), backend(2))));
  }

  void run(int changes) {
    try {
      for (int step = 0; step < changes; step++) {
        change();
        noteProbes();
        check();
      }
      for (Seen each : Seen.values()) {
        want(seen.getOrDefault(each, 0) > changes / 1_000, "more of " + each + " than " + seen);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
    }
  }

  private void change() {
    switch (random.nextInt(14)) {
      case 0 -> edit(each -> each.withEnabled(!each.enabled()));
      case 1 -> edit(each -> each.withRole(oneOf(List.of(Role.values()))));
      case 2 -> edit(each -> with(each, each.url(), 1 + random.nextInt(4)));
      case 3 -> edit(each -> each.withHealthCheck(health()));
      case 4 -> move();
      case 5 -> joinOrLeave();
      case 6, 7 -> ask();
      case 8, 9 -> end();
      case 10, 11 -> kit.time.advanceMillis(random.nextInt(700));
      default -> answer();
    }
  }

  private void edit(UnaryOperator<BackendSpec> change) {
    int index = random.nextInt(BACKENDS);
    kit.change(
        spec ->
            spec.withBackends(
                spec.backends().stream()
                    .map(each -> each.name().equals("b" + index) ? change.apply(each) : each)
                    .toList()));
  }

  private void move() {
    edit(
        each -> {
          holds.remove(each.name());
          Target other = new Target(each.url().host(), each.url().port() ^ 1);
          return with(each, other, each.capacity());
        });
  }

  private void joinOrLeave() {
    int index = random.nextInt(BACKENDS);
    if (kit.director.definition().spec().hasBackend("b" + index)) {
      holds.remove("b" + index);
      Scripts.remove(kit, "b" + index, random.nextBoolean());
    } else {
      kit.change(
          spec -> {
            List<BackendSpec> more = new ArrayList<>(spec.backends());
            more.add(random.nextInt(more.size() + 1), backend(index));
            return spec.withBackends(more);
          });
    }
  }

  private void ask() {
    requests.add(random.nextInt(4) == 0 ? kit.pin("b" + random.nextInt(BACKENDS)) : kit.ask(null));
    if (requests.size() > 40) {
      leave(requests.remove(0));
    }
  }

  private static void leave(Asked oldest) {
    if (oldest.isGranted()) {
      oldest.lease().close(Outcome.CLIENT_GONE);
    } else {
      oldest.ticket.cancel();
    }
  }

  private void end() {
    List<Asked> running = requests.stream().filter(Asked::isGranted).toList();
    if (!running.isEmpty()) {
      Asked one = oneOf(running);
      requests.remove(one);
      boolean well = random.nextInt(6) > 0;
      one.lease().close(well ? Outcome.SERVED : oneOf(List.of(Outcome.values())));
    }
  }

  private void answer() {
    Probing probing = kit.probes.poll();
    if (probing != null) {
      known.remove(probing);
      holds.values().remove(probing);
      probing.accept(random.nextInt(5) > 0);
    }
  }

  /** The probes that have begun; their addresses tell whose they are. */
  private void noteProbes() {
    DirectorView view = kit.director.view();
    for (Probing probing : kit.probes) {
      if (known.add(probing)) {
        BackendView of =
            view.backends().stream()
                .filter(each -> each.spec().url().equals(probing.target()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a probe of nobody"));
        if (isOnline(of) && of.health().mode() == HealthMode.OPPORTUNISTIC) {
          want(holds.put(of.spec().name(), probing) == null, "one unit to be held at a time");
        }
      }
    }
  }

  private void check() {
    DirectorView view = kit.director.view();
    boolean regular =
        view.backends().stream().anyMatch(b -> isAvailable(b) && b.spec().role() != Role.BACKUP);
    int sum = 0;
    for (BackendView backend : view.backends()) {
      int free = backend.spec().capacity() - (holds.containsKey(backend.spec().name()) ? 1 : 0);
      if (isAvailable(backend) && (backend.spec().role() != Role.BACKUP) == regular) {
        sum += free;
        count(free == 0, Seen.HELD_THE_LAST_UNIT);
        count(!regular, Seen.ON_BACKUPS);
      }
      count(backend.health().state() == HealthState.UNKNOWN, Seen.UNKNOWN);
    }
    int recomputed = sum;
    want(
        view.capacity() == recomputed,
        "a capacity of %d, got %d; held: %s; %s"
            .formatted(recomputed, view.capacity(), new TreeSet<>(holds.keySet()), view.spec()));
    count(!holds.isEmpty(), Seen.HELD);
    count(view.capacity() == 0, Seen.NONE);
    kit.healthLog.forEach(
        line -> {
          count(line.contains(" OFFLINE "), Seen.FAILED);
          count(line.contains(" ONLINE good"), Seen.RECOVERED);
        });
    kit.healthLog.clear();
  }

  private void count(boolean so, Seen what) {
    if (so) {
      seen.merge(what, 1, Integer::sum);
    }
  }

  private static boolean isOnline(BackendView view) {
    return view.health().state() == HealthState.ONLINE;
  }

  private static boolean isAvailable(BackendView view) {
    return view.spec().enabled() && isOnline(view) && view.spec().role() != Role.TERMINATING;
  }

  private BackendSpec backend(int index) {
    Target url = new Target("127.0.0.1", 1_000 + 10 * index);
    Role role = random.nextInt(3) == 0 ? Role.BACKUP : Role.ACTIVE;
    return new BackendSpec("b" + index, url, 1 + random.nextInt(3), role, true, null, health());
  }

  private HealthCheckOverride health() {
    return new HealthCheckEditor()
        .mode(oneOf(List.of(HealthMode.values())))
        .interval(oneOf(INTERVALS))
        .fall(1 + random.nextInt(2))
        .override();
  }

  private static BackendSpec with(BackendSpec spec, Target url, int capacity) {
    return new BackendSpec(
        spec.name(),
        url,
        capacity,
        spec.role(),
        spec.enabled(),
        spec.disabled(),
        spec.healthCheck());
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
