package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The backends of a director: what they can take together and which of them takes the next request.
 * Active first, standby for what the actives have no room for, backup only while no active or
 * standby is available. A standby on trial counts as active: else nobody would try it. [S]
 */
final class Roster {
  // Made once, since one of them is asked for each request.
  private static final Predicate<Backend> STANDBY = withRole(Role.STANDBY);
  private static final Predicate<Backend> ACTIVE =
      withRole(Role.ACTIVE).or(STANDBY.and(Backend::isOnTrial));
  private static final Predicate<Backend> BACKUP = withRole(Role.BACKUP);

  private List<BackendSlot> slots = List.of();
  private List<Backend> backends = List.of();

  List<BackendSlot> slots() {
    return slots;
  }

  void set(List<BackendSlot> changed) {
    slots = List.copyOf(changed);
    List<Backend> inOrder = new ArrayList<>();
    slots.forEach(slot -> inOrder.add(slot.backend));
    backends = List.copyOf(inOrder);
  }

  @Nullable BackendSlot find(String name) {
    for (BackendSlot slot : slots) {
      if (slot.backend.name().equals(name)) {
        return slot;
      }
    }
    return null;
  }

  /** The sum of what the backends in service take, from scratch. */
  int capacity() {
    boolean regular = hasRegular();
    long sum = 0;
    for (Backend backend : backends) {
      if (backend.isAvailable() && (backend.role() != Role.BACKUP) == regular) {
        sum += backend.capacity();
      }
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  /** Whether any backend is in service, be it with nothing left that it can take. */
  boolean isAvailable() {
    for (Backend backend : backends) {
      if (backend.isAvailable()) {
        return true;
      }
    }
    return false;
  }

  /** Whether one more request can go anywhere. */
  boolean hasRoom() {
    boolean regular = hasRegular();
    for (Backend backend : backends) {
      if (backend.hasRoom() && (backend.role() != Role.BACKUP) == regular) {
        return true;
      }
    }
    return false;
  }

  /**
   * The slot that takes the next request; null when none has room.
   *
   * @param avoid goes last, whatever its role: a request has just failed there
   */
  @Nullable BackendSlot choose(Scheduler scheduler, @Nullable Backend avoid) {
    Backend chosen = null;
    if (avoid != null) {
      Predicate<Backend> elsewhere = backend -> backend != avoid;
      chosen =
          chooseByRole(
              scheduler, BACKUP.and(elsewhere), ACTIVE.and(elsewhere), STANDBY.and(elsewhere));
    }
    if (chosen == null) {
      chosen = chooseByRole(scheduler, BACKUP, ACTIVE, STANDBY);
    }
    return chosen == null ? null : slots.get(backends.indexOf(chosen));
  }

  private @Nullable Backend chooseByRole(
      Scheduler scheduler,
      Predicate<Backend> backup,
      Predicate<Backend> active,
      Predicate<Backend> standby) {
    if (!hasRegular()) {
      return scheduler.choose(backends, backup);
    }
    Backend chosen = scheduler.choose(backends, active);
    return chosen != null ? chosen : scheduler.choose(backends, standby);
  }

  private static Predicate<Backend> withRole(Role role) {
    return backend -> backend.role() == role && backend.hasRoom();
  }

  /** Whether an active or standby is available, with or without room. */
  private boolean hasRegular() {
    for (Backend backend : backends) {
      if (backend.isAvailable() && backend.role() != Role.BACKUP) {
        return true;
      }
    }
    return false;
  }
}
