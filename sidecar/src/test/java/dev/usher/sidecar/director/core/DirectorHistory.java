package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.spec;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.sidecar.schedule.Scheduling;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.strand.Serial;
import dev.usher.unit.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One random life of a director, with all that can happen to it. */
final class DirectorHistory {
  private static final int STEPS = 120;
  private static final int BACKENDS = 3;
  private static final String[] TAGS = {"vip", "upload", "jail", "nobody"};

  private final long seed;
  private final Random random;
  private final DirectorModel model;
  private final DirectorKit kit;

  DirectorHistory(Supplier<Serial> strands, long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    DirectorSpec first = spec(backends()).withBuckets(buckets());
    this.kit = new DirectorKit(strands, new Random(seed)::nextInt, first);
    this.model = new DirectorModel(kit, first);
  }

  void run() {
    try {
      int end = random.nextInt(2 * STEPS);
      for (int step = 0; step < STEPS; step++) {
        if (step == end) {
          remove();
        } else {
          step();
        }
        model.hear();
        DirectorLaws.check(model);
      }
      windUp();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
    }
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> ask();
      case 6, 7, 8 -> end(Outcome.SERVED);
      case 9, 10 -> end(oneOf(List.of(Outcome.values())));
      case 11 -> cancel();
      case 12, 13 -> kit.time.advanceMillis(random.nextInt(random.nextBoolean() ? 500 : 8_000));
      case 14, 15 -> answerProbe();
      case 16 -> model.pin(backendName(), deadline());
      case 17 -> change(before -> before.withBackends(backends()));
      case 18 -> change(this::withOtherBucketsOrSettings);
      default -> removeBackend();
    }
  }

  private void ask() {
    model.ask(random.nextInt(3) == 0 ? null : oneOf(List.of(TAGS)), deadline());
  }

  /** None, mostly; else one that may have come. */
  private long deadline() {
    return random.nextInt(3) > 0
        ? Ask.NO_DEADLINE
        : kit.time.nanos() + (random.nextInt(20) - 2) * 1_000_000_000L;
  }

  private void end(Outcome outcome) {
    if (!model.running.isEmpty()) {
      ModelRequest request = oneOf(model.running);
      if (outcome != Outcome.SERVED && random.nextBoolean()) {
        model.retry(request, outcome);
      } else {
        model.close(request, outcome);
      }
    }
  }

  private void cancel() {
    List<ModelRequest> all = new ArrayList<>(model.waiting);
    all.addAll(model.running);
    if (!all.isEmpty()) {
      model.cancel(oneOf(all));
    }
  }

  private void answerProbe() {
    if (!model.probes.isEmpty()) {
      model.answer(oneOf(model.probes), random.nextInt(4) > 0);
    }
  }

  private void change(UnaryOperator<DirectorSpec> edit) {
    if (!model.removed) {
      model.configure(edit.apply(model.spec));
      kit.change(before -> model.spec);
    }
  }

  private DirectorSpec withOtherBucketsOrSettings(DirectorSpec before) {
    return random.nextBoolean()
        ? before.withBuckets(buckets())
        : before.withSettings(settings(before.settings()));
  }

  private void removeBackend() {
    String name = backendName();
    if (!model.removed && model.slots.containsKey(name)) {
      boolean cut = random.nextBoolean();
      boolean anew = cut && random.nextInt(3) == 0;
      DirectorSpec next = anew ? model.spec : model.spec.withoutBackend(name);
      if (cut) {
        model.cut(name, next);
      } else {
        model.configure(next);
      }
      long version = kit.director.definition().version();
      kit.commit(new Step.Replace(next, version, cut ? Set.of(name) : Set.of()));
    }
  }

  private void remove() {
    model.remove();
    kit.commit(new Step.Remove("app", kit.director.definition().version()));
  }

  /** Ends everything: nothing is held, nobody waits, nothing will happen any more. */
  private void windUp() {
    change(this::disabledAndLazy);
    model.hear();
    while (!model.running.isEmpty()) {
      end(oneOf(List.of(Outcome.values())));
      model.hear();
      DirectorLaws.check(model);
    }
    for (int i = 0; i < 20 && !model.removed; i++) {
      kit.time.advanceMillis(60_000);
      model.hear();
      List.copyOf(model.probes).forEach(probe -> model.answer(probe, true));
      model.hear();
      DirectorLaws.check(model);
    }
    DirectorModel.want(model.kit.time.timers() == 0, "no timer, since all is well");
    DirectorModel.want(model.waiting.isEmpty(), "nobody to wait");
  }

  private DirectorSpec disabledAndLazy(DirectorSpec before) {
    HealthCheckSpec lazy = before.settings().healthCheck().edit().mode(HealthMode.LAZY).build();
    return before
        .withSettings(before.settings().edit().enabled(false).healthCheck(lazy).build())
        .withBackends(
            before.backends().stream()
                .map(backend -> backend.withHealthCheck(HealthCheckOverride.NONE))
                .toList());
  }

  private String backendName() {
    return "b" + random.nextInt(BACKENDS);
  }

  private List<BackendSpec> backends() {
    List<BackendSpec> specs = new ArrayList<>();
    for (int i = 0; i < BACKENDS; i++) {
      if (random.nextInt(5) > 0) {
        // Each has two urls, so that a change may bring another one or not.
        Target url = new Target("127.0.0.1", 1_000 + 10 * i + random.nextInt(2));
        Role role = oneOf(List.of(Role.values()));
        boolean enabled = random.nextInt(5) > 0;
        HealthCheckOverride health =
            random.nextInt(3) > 0
                ? HealthCheckOverride.NONE
                : new HealthCheckEditor().mode(oneOf(List.of(HealthMode.values()))).override();
        specs.add(
            new BackendSpec("b" + i, url, 1 + random.nextInt(4), role, enabled, null, health));
      }
    }
    return specs;
  }

  private List<BucketSpec> buckets() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(bucket("vip", "40%", "80%", 3), bucket("upload", "1t", "2t", 2));
      case 1 ->
          List.of(
              bucket("vip", "60%", "100%", 3, bucket("upload", "50%", "50%", 2)),
              bucket("jail", "0%", "1t", 1));
      case 2 -> List.of(bucket("vip", "50%", "100%", 3));
      default -> List.of(bucket("jail", "20%", "20%", 2));
    };
  }

  private BucketSpec bucket(
      String name, String rate, String ceil, int mostCost, BucketSpec... children) {
    BucketSpec plain = BucketSpec.of(name, rate, ceil, children);
    int cost = 1 + random.nextInt(mostCost);
    return new BucketSpec(name, plain.rate(), plain.ceil(), 0, 0, Share.ALL, cost, plain.buckets());
  }

  private DirectorSpec.Settings settings(DirectorSpec.Settings before) {
    return before
        .edit()
        .enabled(random.nextInt(4) > 0)
        .scheduler(oneOf(List.of(Scheduling.values())))
        .queueLimit(random.nextBoolean() ? 1_000 : 4)
        .queueTimeout(Duration.ofSeconds(oneOf(List.of(0, 10, 30, 30))))
        .maxRetryCount(oneOf(List.of(0, 1, 3)))
        .retry(
            new RetrySpec(
                before.retry().on(),
                new Share.Percent(oneOf(List.of(0, 20, 50, 100)) * 1_000_000L),
                oneOf(List.of(0, 1, 3)),
                0,
                false))
        .enqueueOnUnavailable(random.nextInt(3) > 0)
        .stickyOfflineMode(random.nextBoolean())
        .healthCheck(
            before
                .healthCheck()
                .edit()
                .mode(oneOf(List.of(HealthMode.values())))
                .interval(Duration.ofMillis(oneOf(List.of(500, 2_000))))
                .fall(oneOf(List.of(1, 1, 2)))
                .count5xx(random.nextBoolean())
                .fall5xx(oneOf(List.of(1, 2)))
                .build())
        .build();
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
