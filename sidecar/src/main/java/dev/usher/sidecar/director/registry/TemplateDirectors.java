package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.core.DirectorHandle;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.ondemand.DerivedName;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.registry.Register.Reservation;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.view.OnDemandView;
import dev.usher.sidecar.time.Timers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Directors that requests make from the template: at most so many, and idle ones are let go. What
 * is kept of them is written behind, but in the order in which it happens: before a director can be
 * found, and before its name is free again. [any]
 */
final class TemplateDirectors {
  /** More names than one are needed when somebody has taken the first for another endpoint. */
  private static final int MOST_NAMES = 4;

  private static final FromTemplate.Nobody NOBODY = new FromTemplate.Nobody();

  private final OnDemandSpec spec;
  private final DirectorRegistry registry;
  private final Register register;
  private final KeptBehind kept;
  private final IdleRounds rounds;
  private final Set<DirectorHandle> present = ConcurrentHashMap.newKeySet();
  private final AtomicInteger places = new AtomicInteger();
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong letGo = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  TemplateDirectors(
      OnDemandSpec spec,
      DirectorRegistry registry,
      Register register,
      KeptBehind kept,
      Timers timers) {
    this.spec = spec;
    this.registry = registry;
    this.register = register;
    this.kept = kept;
    this.rounds = new IdleRounds(spec.idle(), timers, this::hasAny, this::goRound);
  }

  /** Never waits. */
  FromTemplate findOrMake(Endpoint endpoint) {
    Making making = new Making();
    DirectorHandle handle = register.findOrMake(endpoint, making);
    if (handle != null) {
      if (making.hasMade) {
        made.incrementAndGet();
        rounds.begin();
      }
      return new FromTemplate.Made(handle);
    }
    if (making.limitReached) {
      refused.incrementAndGet();
      return new FromTemplate.LimitReached(spec.template().settings().retryAfter());
    }
    return NOBODY;
  }

  /** One that was kept before a restart; the limit does not count for it. */
  void enter(DirectorHandle handle) {
    places.incrementAndGet();
    present.add(handle);
    rounds.begin();
  }

  /** It is no more, or not from the template any more. Repetition is harmless. */
  void leave(DirectorHandle handle) {
    if (present.remove(handle)) {
      places.decrementAndGet();
    }
  }

  OnDemandView view() {
    return new OnDemandView(
        spec.limit(), spec.idle(), present.size(), made.get(), letGo.get(), refused.get());
  }

  private boolean hasAny() {
    return !present.isEmpty();
  }

  private void goRound() {
    for (DirectorHandle handle : present) {
      handle.leaveIfIdle(spec.idle().toNanos(), () -> letGo(handle));
    }
  }

  /** On the strand of {@code handle}, so that whom it refuses from now on finds it gone. [S] */
  private void letGo(DirectorHandle handle) {
    letGo.incrementAndGet();
    kept.keep(handle.name(), new Keeper.Entry.Removed(handle.name(), null));
    registry.drop(handle);
  }

  private boolean takePlace() {
    int taken = places.get();
    while (taken < spec.limit()) {
      if (places.compareAndSet(taken, taken + 1)) {
        return true;
      }
      taken = places.get();
    }
    return false;
  }

  /** Makes the director of one endpoint, which nobody else can take meanwhile. */
  private final class Making implements Function<Endpoint, @Nullable DirectorHandle> {
    boolean limitReached;
    boolean hasMade;

    @Override
    public @Nullable DirectorHandle apply(Endpoint endpoint) {
      if (!takePlace()) {
        limitReached = true;
        return null;
      }
      DirectorHandle handle = null;
      try {
        for (int attempt = 0; attempt < MOST_NAMES && handle == null; attempt++) {
          handle = make(DerivedName.of(endpoint, attempt), endpoint);
        }
      } finally {
        hasMade = handle != null;
        if (handle == null) {
          places.decrementAndGet();
        }
      }
      return handle;
    }

    private @Nullable DirectorHandle make(String name, Endpoint endpoint) {
      DirectorSpec wanted = spec.template().director(name, endpoint);
      Reservation reservation = new Reservation(name, null);
      if (wanted == null || !register.reserveName(reservation)) {
        return null;
      }
      boolean filled = false;
      try {
        Origin origin = new Origin.OnDemand(endpoint, true);
        Definition definition = new Definition(wanted, registry.nextVersion(), origin);
        DirectorHandle handle = registry.open(definition);
        kept.keep(name, new Keeper.Entry.Put(definition));
        present.add(handle);
        register.fill(reservation, handle);
        filled = true;
        return handle;
      } finally {
        if (!filled) {
          register.release(reservation);
        }
      }
    }
  }
}
