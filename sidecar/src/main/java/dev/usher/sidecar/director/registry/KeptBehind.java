package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.director.change.Keeper;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has things kept without waiting for it, and says once when that fails. [any] */
final class KeptBehind {
  private final Keeper keeper;
  private final KeepLog log;
  private final AtomicBoolean failing = new AtomicBoolean();

  KeptBehind(Keeper keeper, KeepLog log) {
    this.keeper = keeper;
    this.log = log;
  }

  /** Returns when the order is settled in which it is kept. */
  void keep(String director, Keeper.Entry entry) {
    keeper
        .keep(List.of(entry))
        .whenComplete(
            (kept, bug) -> {
              if (bug != null) {
                failed(director, bug.toString());
              } else if (kept instanceof Keeper.Kept.Failed failure) {
                failed(director, failure.message());
              } else {
                failing.set(false);
              }
            });
  }

  private void failed(String director, String message) {
    if (failing.compareAndSet(false, true)) {
      log.onNotKept(director, message);
    }
  }
}
