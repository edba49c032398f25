package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries a commit out: takes its turn at each director, prepares every step, keeps them all, then
 * puts them in force. What is not kept is not put in force. [any]
 */
final class Transaction {
  private final Turns turns;
  private final Keeper keeper;
  private final List<Part> parts = new ArrayList<>();

  /** Those that wait to be applied or abandoned. */
  private final List<Part> prepared = new ArrayList<>();

  private final SortedSet<String> keys = new TreeSet<>();

  /** A new one for each commit. */
  Transaction(List<Step> steps, DirectorRegistry registry, Turns turns, Keeper keeper) {
    this.turns = turns;
    this.keeper = keeper;
    for (Step step : steps) {
      parts.add(Part.of(step, registry));
      boolean added = keys.add(step.director());
      // No director's name has a colon, every endpoint has one.
      if (step instanceof Step.Create create
          && create.origin() instanceof Origin.OnDemand onDemand) {
        added &= keys.add(onDemand.endpoint().toString());
      }
      if (!added) {
        throw new IllegalArgumentException("commit: two steps for " + step.director());
      }
    }
  }

  CompletionStage<Commit> run() {
    return turns
        .take(keys)
        .thenCompose(
            giveBack ->
                prepareAll()
                    .thenCompose(refused -> refused == null ? keep() : done(refused))
                    .whenComplete((commit, bug) -> end(bug, giveBack)));
  }

  /** Whatever has failed, nobody waits for us any more. */
  private void end(@Nullable Throwable bug, Runnable giveBack) {
    try {
      if (bug != null) {
        abandonAll();
      }
    } finally {
      giveBack.run();
    }
  }

  /** Completes with null when all steps can be applied. */
  private CompletionStage<Commit.@Nullable Refused> prepareAll() {
    CompletionStage<Commit.@Nullable Refused> prepared = CompletableFuture.completedFuture(null);
    for (Part part : parts) {
      prepared = prepared.thenCompose(refused -> refused == null ? prepare(part) : done(refused));
    }
    return prepared;
  }

  private CompletionStage<Commit.@Nullable Refused> prepare(Part part) {
    return part.prepare()
        .thenApply(
            why -> {
              if (why != null) {
                return refuse(part, why);
              }
              prepared.add(part);
              return null;
            });
  }

  private CompletionStage<Commit> keep() {
    List<Keeper.Entry> entries = parts.stream().map(Part::entry).filter(Objects::nonNull).toList();
    if (entries.isEmpty()) {
      return applyAll();
    }
    return keeper
        .keep(entries)
        .thenCompose(
            kept ->
                kept instanceof Keeper.Kept.Failed failed
                    ? done(
                        refuse(parts.get(parts.size() - 1), new Change.NotKept(failed.message())))
                    : applyAll());
  }

  /** All of them, even if one has a defect, since all are kept. */
  private CompletionStage<Commit> applyAll() {
    prepared.clear();
    List<CompletableFuture<Change.Applied>> changes = new ArrayList<>();
    for (Part part : parts) {
      changes.add(done(part).thenCompose(Part::apply).toCompletableFuture());
    }
    return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> new Commit.Applied(changes.stream().map(CompletableFuture::join).toList()));
  }

  private Commit.Refused refuse(Part blamed, Change why) {
    abandonAll();
    return new Commit.Refused(blamed.step, why);
  }

  private void abandonAll() {
    prepared.forEach(Part::abandon);
    prepared.clear();
  }

  private static <T extends @Nullable Object> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
