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
 * standby is available. [S]
 */
final class Roster {
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
        sum += backend.spec().capacity();
      }
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
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
    Predicate<Backend> elsewhere = backend -> backend.hasRoom() && backend != avoid;
    Backend chosen = chooseByRole(scheduler, elsewhere);
    if (chosen == null && avoid != null) {
      chosen = chooseByRole(scheduler, Backend::hasRoom);
    }
    return chosen == null ? null : slots.get(backends.indexOf(chosen));
  }

  private @Nullable Backend chooseByRole(Scheduler scheduler, Predicate<Backend> hasRoom) {
    if (!hasRegular()) {
      return scheduler.choose(backends, withRole(Role.BACKUP, hasRoom));
    }
    Backend active = scheduler.choose(backends, withRole(Role.ACTIVE, hasRoom));
    return active != null ? active : scheduler.choose(backends, withRole(Role.STANDBY, hasRoom));
  }

  private static Predicate<Backend> withRole(Role role, Predicate<Backend> hasRoom) {
    return backend -> backend.role() == role && hasRoom.test(backend);
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
