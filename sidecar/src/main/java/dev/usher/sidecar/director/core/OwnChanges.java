package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes that the director makes by itself: in force at once, kept afterwards, and tried again
 * until that is done. One that is made between the preparation of a commit and its end is made once
 * more over what the commit brings. [S]
 */
final class OwnChanges {
  private static final Duration NEXT_TRY = Duration.ofSeconds(1);

  private final Keeper keeper;
  private final Timers timers;
  private final DirectorHandle handle;
  private final Supplier<Definition> inForce;
  private final List<UnaryOperator<DirectorSpec>> meanwhile = new ArrayList<>();
  private boolean committing;
  private boolean unkept;
  private boolean stopped;
  private Timers.@Nullable Timer nextTry;

  OwnChanges(Keeper keeper, Timers timers, DirectorHandle handle, Supplier<Definition> inForce) {
    this.keeper = keeper;
    this.timers = timers;
    this.handle = handle;
    this.inForce = inForce;
  }

  /** {@code change} is in force now. */
  void made(UnaryOperator<DirectorSpec> change) {
    unkept = true;
    if (committing) {
      meanwhile.add(change);
    } else {
      keep();
    }
  }

  void commitBegins() {
    committing = true;
  }

  /** Whether a commit is prepared and not at its end. */
  boolean isCommitting() {
    return committing;
  }

  /** Whether something was changed since the commit was prepared. */
  boolean hasSomeMeanwhile() {
    return !meanwhile.isEmpty();
  }

  /** What a commit brings, with what was changed meanwhile. */
  DirectorSpec over(DirectorSpec committed) {
    DirectorSpec result = committed;
    for (UnaryOperator<DirectorSpec> change : meanwhile) {
      result = change.apply(result);
    }
    return result;
  }

  /**
   * @param kept whether the commit has kept what was in force when it began
   */
  void commitEnds(boolean kept) {
    committing = false;
    unkept = !meanwhile.isEmpty() || (unkept && !kept);
    meanwhile.clear();
    if (unkept) {
      keep();
    }
  }

  /** Whether what is in force still has to be kept. */
  boolean areUnkept() {
    return unkept;
  }

  /** The director is no more. */
  void stop() {
    stopped = true;
    if (nextTry != null) {
      nextTry.cancel();
    }
  }

  /** Within the strand: afterwards, what a later commit or the removal keeps could come before. */
  private void keep() {
    Definition definition = inForce.get();
    CompletionStage<Void> unused =
        keeper
            .keep(List.of(new Keeper.Entry.Put(definition)))
            .thenAccept(kept -> handle.inside(now -> onKept(definition, kept)));
  }

  private void onKept(Definition definition, Keeper.Kept kept) {
    if (stopped || committing || definition.version() != inForce.get().version()) {
      return;
    }
    if (kept instanceof Keeper.Kept.Failed) {
      nextTry = timers.after(NEXT_TRY.toNanos(), () -> handle.inside(now -> keepIfNeeded()));
    } else {
      unkept = false;
    }
  }

  private void keepIfNeeded() {
    if (unkept && !committing && !stopped) {
      keep();
    }
  }
}
