package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorModel.want;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.core.DirectorModel.Probed;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketView;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold after every step: the director shows what the model says, and is at rest. */
final class DirectorLaws {
  private final DirectorModel model;
  private final DirectorView view;
  private final boolean regular;

  private DirectorLaws(DirectorModel model) {
    this.model = model;
    this.view = model.kit.director.view();
    this.regular =
        view.backends().stream().anyMatch(b -> isAvailable(b) && b.spec().role() != Role.BACKUP);
  }

  static void check(DirectorModel model) {
    DirectorLaws laws = new DirectorLaws(model);
    laws.counts();
    laws.backends();
    laws.buckets(laws.view.shaper());
    laws.timers();
    laws.rest();
    laws.choices();
  }

  private void counts() {
    same("specification", withoutCauses(view.spec()), withoutCauses(model.spec));
    same("requests at backends", view.load().current(), model.running.size());
    same("waiters", view.queued().current(), model.waiting.size());
    same("refusals", view.dropped(), model.dropped);
    same("unknown buckets", view.unknownBucket(), model.unknown);
    same("capacity", view.capacity(), inService().mapToInt(this::capacity).sum());
    same("tokens", view.shaper().actual(), tokens(null));
    Stream.of(model.waiting, model.running, model.done)
        .flatMap(List::stream)
        .forEach(
            request -> {
              same("answers", request.asked.heard, request.answers);
              same("revocations", request.asked.revoked, request.revocations);
            });
  }

  private void backends() {
    same(
        "backends",
        view.backends().stream().map(b -> b.spec().name()).sorted().toList(),
        model.slots.keySet().stream().sorted().toList());
    for (BackendView backend : view.backends()) {
      ModelSlot slot = Objects.requireNonNull(model.slots.get(backend.spec().name()));
      same(slot.name + "'s url", backend.spec().url(), slot.url);
      same(slot.name + "'s requests", backend.load().current(), slot.inFlight);
      same(slot.name + "'s health", backend.health().state(), slot.state);
      want(
          !slot.leaving || backend.spec().role() == Role.TERMINATING,
          slot.name + " to be terminating");
    }
  }

  private void buckets(BucketView bucket) {
    same(bucket.name() + "'s own tokens", bucket.own(), tokens(bucket.name()));
    same(
        bucket.name() + "'s waiters",
        (long) bucket.queued(),
        model.waiting.stream().filter(each -> each.place.equals(bucket.name())).count());
    bucket.buckets().forEach(this::buckets);
  }

  /** Of one bucket's own requests; of all with null. */
  private int tokens(@Nullable String bucket) {
    return model.running.stream()
        .filter(each -> bucket == null || each.place.equals(bucket))
        .mapToInt(each -> each.cost)
        .sum();
  }

  /**
   * One for each backend whose next probe is to come, and at most one for the queue. A probe that
   * falls due while an older one is under way has none.
   */
  private void timers() {
    long certain = 0;
    long possible = 0;
    for (ModelSlot slot : model.slots.values()) {
      List<Probed> underWay = model.probes.stream().filter(p -> p.slot() == slot).toList();
      if (slot.isProbed() && !model.removed && underWay.isEmpty()) {
        certain++;
      } else if (slot.isProbed() && !model.removed && !underWay.get(0).meansSomething()) {
        possible++;
      }
    }
    long others = model.kit.time.timers() - certain;
    want(
        others >= 0 && others <= possible + (model.removed ? 0 : 1),
        "%d to %d timers for probes, got %d in all"
            .formatted(certain, certain + possible, certain + others));
    want(others >= 1 || model.waiting.isEmpty(), "a timer for the queue");
  }

  private void rest() {
    long now = model.kit.time.nanos();
    for (ModelRequest waiter : model.waiting) {
      want(now - waiter.waitsSinceNanos <= waiter.budgetNanos, "nobody to wait too long");
      want(!waiter.asked.ask.isOver(now), "nobody to wait after its deadline");
      want(waiter.cost > 0, "nobody pinned to wait");
    }
    boolean nobodyMayWait =
        model.removed
            || !model.spec.settings().enabled()
            || (view.backends().stream().noneMatch(DirectorLaws::isAvailable)
                && !model.spec.settings().enqueueOnUnavailable());
    want(!nobodyMayWait || model.waiting.isEmpty(), "nobody to wait");
    if (inService().anyMatch(this::hasRoom)) {
      nobodyFits(view.shaper(), Integer.MAX_VALUE);
    }
  }

  /** Nobody keeps a reserve here, so the oldest of each bucket fits if all above it have room. */
  private void nobodyFits(BucketView bucket, int roomAbove) {
    int room = Math.min(roomAbove, bucket.ceil() - bucket.actual());
    model.waiting.stream()
        .filter(each -> each.place.equals(bucket.name()))
        .min(Comparator.comparingInt(each -> each.order))
        .ifPresent(
            oldest -> want(oldest.cost > room, "nobody who fits to wait in " + bucket.name()));
    bucket.buckets().forEach(child -> nobodyFits(child, room));
  }

  /** Whoever was granted could not have got a better place. */
  private void choices() {
    for (ModelRequest request : model.granted) {
      BackendView chosen = find(Objects.requireNonNull(request.slot));
      if (!request.pinned) {
        want(isInService(chosen), "a backend in service, got " + chosen.spec());
        List<BackendView> others =
            inService()
                .filter(b -> hasRoom(b) && !b.equals(chosen) && !isAvoided(b, request))
                .toList();
        want(others.isEmpty() || !isAvoided(chosen, request), "another backend after a failure");
        want(
            chosen.spec().role() != Role.STANDBY
                || others.stream().noneMatch(b -> b.spec().role() == Role.ACTIVE),
            "an active backend rather than a standby");
      }
    }
  }

  private BackendView find(ModelSlot slot) {
    return view.backends().stream()
        .filter(backend -> backend.spec().name().equals(slot.name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("a grant of no backend: " + slot.name));
  }

  private boolean isAvoided(BackendView backend, ModelRequest request) {
    return request.avoid != null && request.avoid == model.slots.get(backend.spec().name());
  }

  private Stream<BackendView> inService() {
    return view.backends().stream().filter(this::isInService);
  }

  private boolean isInService(BackendView backend) {
    return isAvailable(backend) && (backend.spec().role() != Role.BACKUP) == regular;
  }

  static boolean isAvailable(BackendView view) {
    return view.spec().enabled()
        && view.health().state() == HealthState.ONLINE
        && view.spec().role() != Role.TERMINATING;
  }

  private boolean hasRoom(BackendView backend) {
    return backend.load().current() < capacity(backend);
  }

  private int capacity(BackendView backend) {
    ModelSlot slot = Objects.requireNonNull(model.slots.get(backend.spec().name()));
    return Math.max(0, backend.spec().capacity() - (slot.held ? 1 : 0));
  }

  private static void same(String what, Object got, Object wanted) {
    want(got.equals(wanted), "%s: %s, got %s".formatted(what, wanted, got));
  }

  private static DirectorSpec withoutCauses(DirectorSpec spec) {
    return spec.withBackends(spec.backends().stream().map(DirectorLaws::withoutCause).toList());
  }

  private static BackendSpec withoutCause(BackendSpec spec) {
    Disabled disabled = spec.disabled();
    return disabled == null ? spec : spec.withDisabled(new Disabled("some", disabled.at()));
  }
}
