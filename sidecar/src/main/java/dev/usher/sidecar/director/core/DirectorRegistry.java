package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Commit;
import dev.usher.sidecar.director.Definition;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.Endpoint;
import dev.usher.sidecar.director.Memory;
import dev.usher.sidecar.director.Origin;
import dev.usher.sidecar.director.Step;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All directors of a sidecar. [any] */
public final class DirectorRegistry implements Directors {
  private final ConcurrentHashMap<String, DirectorHandle> byName = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Endpoint, DirectorHandle> byEndpoint = new ConcurrentHashMap<>();
  private final DirectorPorts ports;
  private final Turns turns = new Turns();

  /** The highest version of any director that is gone: a name that comes back counts on. */
  private final AtomicLong pastVersions = new AtomicLong();

  public DirectorRegistry(DirectorPorts ports) {
    this.ports = ports;
  }

  @Override
  public @Nullable Director find(String name) {
    return byName.get(name);
  }

  @Override
  public @Nullable Director find(Endpoint endpoint) {
    return byEndpoint.get(endpoint);
  }

  @Override
  public List<Director> all() {
    return byName.values().stream()
        .sorted(Comparator.comparing(DirectorHandle::name))
        .<Director>map(handle -> handle)
        .toList();
  }

  @Override
  public CompletionStage<Commit> commit(List<Step> steps) {
    return new Transaction(steps, this, turns, ports.keeper()).run();
  }

  /**
   * Starts a director as it was kept, or as the configuration has it; keeps nothing.
   *
   * @param memory what it remembers of its time before the restart; null for nothing
   * @throws IllegalStateException when its name or endpoint is taken
   */
  public Director start(Definition definition, @Nullable Memory memory) {
    if (whatPrevents(definition) != null) {
      throw new IllegalStateException("director %s: is there already".formatted(definition.name()));
    }
    DirectorHandle handle = new DirectorHandle(definition, ports);
    if (memory != null) {
      handle.resume(memory);
    }
    return add(handle);
  }

  @Nullable DirectorHandle handle(String name) {
    return byName.get(name);
  }

  long firstVersion() {
    return pastVersions.get() + 1;
  }

  /** Why a director cannot be created; null when it can. */
  @Nullable Change whatPrevents(Definition definition) {
    if (byName.containsKey(definition.name())) {
      return new Change.NameTaken();
    }
    Director owner =
        definition.origin() instanceof Origin.OnDemand onDemand ? find(onDemand.endpoint()) : null;
    return owner == null ? null : new Change.EndpointTaken(owner.name());
  }

  Director add(Definition definition) {
    return add(new DirectorHandle(definition, ports));
  }

  private Director add(DirectorHandle handle) {
    byName.put(handle.name(), handle);
    if (handle.definition().origin() instanceof Origin.OnDemand onDemand) {
      byEndpoint.put(onDemand.endpoint(), handle);
    }
    return handle;
  }

  /**
   * Forgets a director that was removed.
   *
   * @param version its last
   */
  void drop(DirectorHandle handle, long version) {
    pastVersions.accumulateAndGet(version, Math::max);
    byName.remove(handle.name(), handle);
    if (handle.definition().origin() instanceof Origin.OnDemand onDemand) {
      byEndpoint.remove(onDemand.endpoint(), handle);
    }
  }
}
