package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.health.outlier.OutlierView;
import dev.usher.unit.Share;
import org.jspecify.annotations.Nullable;

/**
 * What the backends of a director are together, for the judgement of one: backups among themselves,
 * all others among themselves. [S]
 */
final class Peers {
  private final Roster roster;
  private Share.Percent minCapacity;

  Peers(Roster roster, Share.Percent minCapacity) {
    this.roster = roster;
    this.minCapacity = minCapacity;
  }

  void configure(Share.Percent changed) {
    minCapacity = changed;
  }

  /** Whether the others have min-capacity without {@code candidate}. */
  boolean canSpare(Backend candidate) {
    return suffices(candidate.role() == Role.BACKUP, candidate);
  }

  /** The median of the other backends' mean times to an answer; negative when none is known. */
  long medianNanos(Backend candidate, long nowNanos) {
    long[] means =
        roster.slots().stream()
            .filter(slot -> slot.backend != candidate && slot.backend.isAvailable())
            .mapToLong(slot -> slot.outlier.meanNanos(nowNanos))
            .filter(mean -> mean >= 0)
            .sorted()
            .toArray();
    return means.length == 0 ? -1 : means[(means.length - 1) / 2];
  }

  /** Recalls who is out, one after the other, while there is less than min-capacity. */
  void keepMinCapacity() {
    for (BackendSlot slot : roster.slots()) {
      boolean out = slot.outlier.view().state() != OutlierView.State.IN;
      if (out && !suffices(slot.backend.role() == Role.BACKUP, null)) {
        slot.outlier.recall();
      }
    }
  }

  private boolean suffices(boolean backups, @Nullable Backend without) {
    long all = 0;
    long left = 0;
    for (BackendSlot slot : roster.slots()) {
      Backend backend = slot.backend;
      boolean meant = backend.spec().enabled() && backend.role() != Role.TERMINATING;
      if (meant && (backend.role() == Role.BACKUP) == backups) {
        all += backend.spec().capacity();
        left += backend != without && backend.isAvailable() ? backend.capacity() : 0;
      }
    }
    return left * Share.Percent.MICROS_OF_ALL >= all * minCapacity.micros();
  }
}
