package dev.usher.sidecar.director.core;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.core.DirectorKit.Probing;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a director's state must be, kept in the simplest way: who waits and runs where, which
 * backends are up, what the specification is. It does not foresee who is granted, but judges it.
 */
final class DirectorModel {
  /** Why a retry is refused before it counts. */
  private static final Set<Reason> NOT_LET_IN =
      Set.of(
          Reason.NO_DIRECTOR,
          Reason.DEADLINE,
          Reason.RETRIES_EXHAUSTED,
          Reason.DISABLED,
          Reason.UNAVAILABLE,
          Reason.RETRY_BUDGET);

  /** A probe under way. */
  record Probed(ModelSlot slot, int turn, Probing probing) {
    boolean meansSomething() {
      return turn == slot.turn;
    }
  }

  final DirectorKit kit;
  final List<ModelRequest> waiting = new ArrayList<>();
  final List<ModelRequest> running = new ArrayList<>();
  final List<ModelRequest> done = new ArrayList<>();
  final List<Probed> probes = new ArrayList<>();

  /** By name, those that leave included. */
  final Map<String, ModelSlot> slots = new LinkedHashMap<>();

  /** Those granted by the last step. */
  final List<ModelRequest> granted = new ArrayList<>();

  private final ModelRetries retries = new ModelRetries();

  DirectorSpec spec;
  boolean removed;
  private int asked;
  long dropped;
  long unknown;

  DirectorModel(DirectorKit kit, DirectorSpec spec) {
    this.kit = kit;
    this.spec = spec;
    configure(spec);
  }

  void ask(@Nullable String tag, long deadlineNanos) {
    boolean counts = !removed && spec.settings().enabled() && deadlineNanos > kit.time.nanos();
    ModelRequest request = new ModelRequest(kit.ask(tag, deadlineNanos), ++asked, tag, false, kit);
    unknown += counts && tag != null && find(tag) == null ? 1 : 0;
    enter(request);
    if (!(request.asked.last instanceof Admission.Refused)) {
      retries.addRequest(request.place, kit.time.nanos());
    }
    want(
        request.asked.last != null || waiting.size() < spec.settings().queueLimit(),
        "nobody to wait above the queue limit");
    waiting.add(request);
  }

  void pin(String backend, long deadlineNanos) {
    waiting.add(new ModelRequest(kit.pin(backend, deadlineNanos), ++asked, null, true, kit));
  }

  private void enter(ModelRequest request) {
    BucketSpec named = request.tag == null ? null : find(request.tag);
    if (named != null) {
      request.place = named.name();
    }
    BucketSpec place = find(request.place);
    request.cost = place == null ? 1 : place.cost();
    request.waitsSinceNanos = kit.time.nanos();
  }

  void close(ModelRequest request, Outcome outcome) {
    end(request, outcome);
    request.asked.lease().close(outcome);
    done.add(request);
  }

  void retry(ModelRequest request, Outcome outcome) {
    boolean isFree = slots.get(Objects.requireNonNull(request.slot).name) != request.slot;
    request.avoid = request.slot;
    request.asksAgain = true;
    if (!isFree) {
      request.attempts++;
    }
    end(request, outcome);
    enter(request);
    waiting.add(request);
    boolean may = isFree || retries.may(request.place, spec.settings().retry(), kit.time.nanos());
    request.asked.retry(outcome);
    if (request.asked.last instanceof Admission.Refused refused
        && NOT_LET_IN.contains(refused.reason())) {
      want(refused.reason() != Reason.RETRY_BUDGET || !may, "a retry that is within the budget");
    } else {
      want(may, "no retry above the budget");
      if (!isFree) {
        retries.add(request.place, kit.time.nanos());
      }
    }
    wait(request);
  }

  /** Fixes how long it may wait; a first ask that is granted at once has not waited. */
  private void wait(ModelRequest request) {
    if (!request.hasWaited) {
      request.hasWaited = true;
      request.budgetNanos = spec.settings().timeouts().queue().toNanos();
    }
  }

  private void end(ModelRequest request, Outcome outcome) {
    ModelSlot slot = Objects.requireNonNull(request.slot);
    running.remove(request);
    request.slot = null;
    slot.inFlight--;
    boolean repeated = outcome == Outcome.RESET && request.wasReset;
    if (request.epoch == slot.epoch && !repeated) {
      request.wasReset |= outcome == Outcome.RESET;
      if (slot.onRequest(outcome)) {
        onFailed(slot);
      }
    }
    if (slot.leaving && slot.inFlight == 0) {
      slots.remove(slot.name, slot);
    }
  }

  private void onFailed(ModelSlot slot) {
    if (spec.settings().stickyOfflineMode()) {
      Disabled now = new Disabled("for some cause", Instant.ofEpochMilli(kit.time.epochMillis()));
      spec = spec.withBackendDisabled(slot.name, now);
    }
  }

  void cancel(ModelRequest request) {
    if (waiting.remove(request)) {
      done.add(request);
    }
    request.asked.ticket.cancel();
  }

  void answer(Probed probe, boolean good) {
    probes.remove(probe);
    kit.probes.remove(probe.probing());
    ModelSlot slot = probe.slot();
    slot.held = false;
    if (probe.meansSomething() && slot.onProbe(good)) {
      onFailed(slot);
    }
    probe.probing().accept(good);
  }

  /** Another specification is going to be in force. */
  void configure(DirectorSpec next) {
    Map<String, String> parents = new HashMap<>();
    addParents(spec.buckets(), BucketName.ROOT, parents);
    spec = next;
    for (BackendSpec backend : next.backends()) {
      HealthCheckSpec rules = backend.healthCheck().over(next.settings().healthCheck());
      slots
          .computeIfAbsent(backend.name(), name -> new ModelSlot(name, backend.url(), rules))
          .update(backend.url(), rules);
    }
    for (ModelSlot slot : List.copyOf(slots.values())) {
      if (next.backends().stream().noneMatch(backend -> backend.name().equals(slot.name))) {
        slot.leave();
        if (slot.inFlight == 0) {
          slots.remove(slot.name);
        }
      }
    }
    retries.keepOnly(bucket -> bucket.equals(BucketName.ROOT) || find(bucket) != null);
    waiting.forEach(request -> request.place = heir(request.place, parents));
    running.forEach(request -> request.place = heir(request.place, parents));
  }

  private static void addParents(List<BucketSpec> tree, String above, Map<String, String> parents) {
    for (BucketSpec bucket : tree) {
      parents.put(bucket.name(), above);
      addParents(bucket.buckets(), bucket.name(), parents);
    }
  }

  /** The bucket itself, or the nearest of those that were above it. */
  private String heir(String bucket, Map<String, String> parents) {
    String heir = bucket;
    while (!heir.equals(BucketName.ROOT) && find(heir) == null) {
      heir = parents.getOrDefault(heir, BucketName.ROOT);
    }
    return heir;
  }

  private @Nullable BucketSpec find(String name) {
    return find(spec.buckets(), name);
  }

  private static @Nullable BucketSpec find(List<BucketSpec> tree, String name) {
    for (BucketSpec bucket : tree) {
      BucketSpec found = bucket.name().equals(name) ? bucket : find(bucket.buckets(), name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** A backend is going to be cut; one of its name in {@code next} is another one. */
  void cut(String name, DirectorSpec next) {
    ModelSlot slot = Objects.requireNonNull(slots.remove(name));
    slot.leave();
    configure(next);
    running.stream().filter(each -> each.slot == slot).forEach(each -> each.revocations++);
  }

  void remove() {
    removed = true;
    slots.values().forEach(ModelSlot::forget);
  }

  /** Moves those that have heard, and notes the probes that have begun. */
  void hear() {
    granted.clear();
    for (ModelRequest request : List.copyOf(waiting)) {
      if (request.asked.last instanceof Admission.Granted grant) {
        onGrant(request, grant.lease());
      } else if (request.asked.last instanceof Admission.Refused refused) {
        onRefusal(request, refused.reason());
      } else {
        wait(request);
      }
    }
    kit.probes.stream()
        .filter(probing -> probes.stream().noneMatch(known -> known.probing().equals(probing)))
        .forEach(this::onProbing);
  }

  private void onGrant(ModelRequest request, Lease lease) {
    ModelSlot slot = slots.get(lease.backend());
    if (slot == null || slot.leaving || !slot.isOnline()) {
      throw new AssertionError("want a grant of a backend that is there, got " + lease.backend());
    }
    want(lease.target().equals(slot.url), "a grant of its url");
    want(lease.bucket().equals(request.place), "a grant from " + request.place);
    want(!request.asked.ask.isOver(request.heardNanos), "no grant after the deadline");
    slot.inFlight++;
    request.slot = slot;
    request.epoch = slot.epoch;
    heard(request);
    running.add(request);
    granted.add(request);
  }

  private void onRefusal(ModelRequest request, Reason reason) {
    want(isRight(request, reason), "no refusal: " + reason);
    dropped++;
    heard(request);
    done.add(request);
  }

  private void heard(ModelRequest request) {
    waiting.remove(request);
    request.answers++;
    request.budgetNanos -= request.heardNanos - request.waitsSinceNanos;
  }

  private boolean isRight(ModelRequest request, Reason reason) {
    DirectorSpec.Settings settings = spec.settings();
    long waited = request.heardNanos - request.waitsSinceNanos;
    return switch (reason) {
      case NO_DIRECTOR -> removed;
      case SHUTTING_DOWN -> false;
      case DISABLED -> !settings.enabled();
      case UNAVAILABLE -> !settings.enqueueOnUnavailable() && nobodyIsAvailable();
      case QUEUE_FULL -> !request.asksAgain && waiting.size() > settings.queueLimit();
      case QUEUE_TIMEOUT ->
          request.hasWaited ? waited >= request.budgetNanos : settings.timeouts().queue().isZero();
      case DEADLINE -> request.asked.ask.isOver(request.heardNanos);
      case RETRY_BUDGET -> request.attempts > 0 && !request.pinned;
      case RETRIES_EXHAUSTED ->
          request.pinned ? request.asksAgain : request.attempts > settings.maxRetryCount();
      case NO_BACKEND, BACKEND_OFFLINE, BACKEND_DISABLED, BACKEND_FULL -> request.pinned;
    };
  }

  private boolean nobodyIsAvailable() {
    return kit.director.view().backends().stream().noneMatch(DirectorLaws::isAvailable);
  }

  private void onProbing(Probing probing) {
    ModelSlot slot =
        slots.values().stream()
            .filter(each -> each.url.equals(probing.target()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("a probe of nobody"));
    want(slot.isProbed() && !removed, "no probe of " + slot.name);
    want(probes.stream().noneMatch(p -> p.slot() == slot), "one probe at a time");
    slot.held = slot.holdsWhileProbed();
    probes.add(new Probed(slot, slot.turn, probing));
  }

  static void want(boolean right, String what) {
    if (!right) {
      throw new AssertionError("want " + what);
    }
  }
}
