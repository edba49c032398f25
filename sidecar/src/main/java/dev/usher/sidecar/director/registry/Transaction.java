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

/**
 * Carries a commit out: takes its turn at each director, prepares every step, keeps them all, then
 * puts them in force. What is not kept is not put in force. [any]
 */
final class Transaction {
  private final Turns turns;
  private final Keeper keeper;
  private final List<Part> parts = new ArrayList<>();
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
        .thenCompose(giveBack -> prepareFrom(0).whenComplete((done, failed) -> giveBack.run()));
  }

  private CompletionStage<Commit> prepareFrom(int index) {
    if (index == parts.size()) {
      return keep();
    }
    return parts
        .get(index)
        .prepare()
        .thenCompose(why -> why == null ? prepareFrom(index + 1) : refuse(index, why));
  }

  private CompletionStage<Commit> keep() {
    List<Keeper.Entry> entries = parts.stream().map(Part::entry).filter(Objects::nonNull).toList();
    if (entries.isEmpty()) {
      return applyFrom(0, new ArrayList<>());
    }
    return keeper
        .keep(entries)
        .thenCompose(
            kept ->
                kept instanceof Keeper.Kept.Failed failed
                    ? refuse(parts.size(), new Change.NotKept(failed.message()))
                    : applyFrom(0, new ArrayList<>()));
  }

  private CompletionStage<Commit> applyFrom(int index, List<Change.Applied> changes) {
    if (index == parts.size()) {
      return CompletableFuture.completedFuture(new Commit.Applied(List.copyOf(changes)));
    }
    return parts
        .get(index)
        .apply()
        .thenCompose(
            applied -> {
              changes.add(applied);
              return applyFrom(index + 1, changes);
            });
  }

  /** The first {@code prepared} parts wait to be applied. */
  private CompletionStage<Commit> refuse(int prepared, Change why) {
    parts.subList(0, prepared).forEach(Part::abandon);
    Step blamed = parts.get(Math.min(prepared, parts.size() - 1)).step;
    return CompletableFuture.completedFuture(new Commit.Refused(blamed, why));
  }
}
