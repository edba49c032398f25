package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorHandle;
import dev.usher.sidecar.director.core.Preparation;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.registry.Register.Reservation;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A step on its way: prepared, then either applied or abandoned. The transaction has the turn at
 * the director meanwhile.
 */
abstract sealed class Part {
  final Step step;

  private Part(Step step) {
    this.step = step;
  }

  static Part of(Step step, DirectorRegistry registry) {
    if (step instanceof Step.Create create) {
      return new Creation(create, registry);
    }
    if (step instanceof Step.Remove remove) {
      return new Removal(remove, registry);
    }
    return new Replacement((Step.Replace) step, registry);
  }

  /** Completes with null when the step can be applied, else with why it cannot. */
  abstract CompletionStage<@Nullable Change> prepare();

  /** What is to be kept of it; null for nothing. After {@link #prepare}. */
  abstract Keeper.@Nullable Entry entry();

  /** Puts it in force, which cannot fail. */
  abstract CompletionStage<Change.Applied> apply();

  /** It will not be put in force. */
  abstract void abandon();

  private static final class Creation extends Part {
    private final DirectorRegistry registry;
    private final Step.Create create;
    private final Reservation reservation;
    private @Nullable Definition definition;

    Creation(Step.Create step, DirectorRegistry registry) {
      super(step);
      this.create = step;
      this.registry = registry;
      this.reservation = new Reservation(step.director(), endpoint(step));
    }

    private static @Nullable Endpoint endpoint(Step.Create step) {
      return step.origin() instanceof Origin.OnDemand onDemand ? onDemand.endpoint() : null;
    }

    @Override
    CompletionStage<@Nullable Change> prepare() {
      Change taken = registry.reserve(reservation);
      if (taken == null) {
        definition = new Definition(create.spec(), registry.nextVersion(), create.origin());
      }
      return CompletableFuture.completedFuture(taken);
    }

    @Override
    Keeper.Entry entry() {
      return new Keeper.Entry.Put(definition());
    }

    @Override
    CompletionStage<Change.Applied> apply() {
      registry.fill(reservation, definition());
      return CompletableFuture.completedFuture(new Change.Applied(definition().version()));
    }

    private Definition definition() {
      return Objects.requireNonNull(definition, "prepared first");
    }

    @Override
    void abandon() {
      registry.release(reservation);
    }
  }

  /** What is done to a director that is there. */
  private abstract static sealed class Of extends Part {
    final DirectorRegistry registry;
    @Nullable DirectorHandle handle;
    Preparation.@Nullable Ready ready;

    private Of(Step step, DirectorRegistry registry) {
      super(step);
      this.registry = registry;
    }

    CompletionStage<@Nullable Change> prepare(
        long expectedVersion, boolean evenIfSame, UnaryOperator<DirectorSpec> change) {
      DirectorHandle found = registry.handle(step.director());
      if (found == null) {
        return CompletableFuture.completedFuture(new Change.Gone());
      }
      handle = found;
      return found.prepare(expectedVersion, evenIfSame, change).thenApply(this::prepared);
    }

    private @Nullable Change prepared(Preparation preparation) {
      if (preparation instanceof Preparation.Refused refused) {
        return refused.why();
      }
      ready = (Preparation.Ready) preparation;
      return null;
    }

    DirectorHandle handle() {
      return Objects.requireNonNull(handle, "prepared first");
    }

    Preparation.Ready ready() {
      return Objects.requireNonNull(ready, "prepared first");
    }

    @Override
    void abandon() {
      handle().abandon();
    }
  }

  private static final class Replacement extends Of {
    private final Step.Replace replace;

    Replacement(Step.Replace replace, DirectorRegistry registry) {
      super(replace, registry);
      this.replace = replace;
    }

    @Override
    CompletionStage<@Nullable Change> prepare() {
      boolean cuts = !replace.cut().isEmpty();
      return prepare(replace.expectedVersion(), cuts, spec -> replace.next());
    }

    @Override
    Keeper.@Nullable Entry entry() {
      return ready().unkept() ? new Keeper.Entry.Put(ready().next()) : null;
    }

    @Override
    CompletionStage<Change.Applied> apply() {
      return handle()
          .apply(ready(), replace.cut())
          .thenApply(
              applied -> {
                registry.changed(handle());
                return applied;
              });
    }
  }

  private static final class Removal extends Of {
    Removal(Step.Remove step, DirectorRegistry registry) {
      super(step, registry);
    }

    @Override
    CompletionStage<@Nullable Change> prepare() {
      return prepare(((Step.Remove) step).expectedVersion(), false, spec -> spec);
    }

    @Override
    Keeper.Entry entry() {
      DirectorSpec written =
          ready().next().origin() instanceof Origin.File file ? file.written() : null;
      return new Keeper.Entry.Removed(step.director(), written);
    }

    @Override
    CompletionStage<Change.Applied> apply() {
      return handle()
          .remove()
          .thenApply(
              applied -> {
                registry.drop(handle());
                return applied;
              });
    }
  }
}
