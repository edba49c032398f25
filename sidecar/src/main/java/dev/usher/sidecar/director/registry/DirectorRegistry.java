package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorHandle;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.registry.Register.Reservation;
import dev.usher.sidecar.director.view.OnDemandView;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** All directors of a sidecar. [any] */
public final class DirectorRegistry implements Directors {
  private final Register register = new Register();
  private final DirectorPorts ports;
  private final Turns turns;
  private final @Nullable TemplateDirectors templated;
  private volatile boolean down;

  /** Without a template. */
  public DirectorRegistry(DirectorPorts ports) {
    this.ports = ports;
    this.turns = new Turns(ports.strands().get());
    this.templated = null;
  }

  /** With a template, from which requests make directors. */
  public DirectorRegistry(DirectorPorts ports, OnDemandSpec onDemand, KeepLog log) {
    this.ports = ports;
    this.turns = new Turns(ports.strands().get());
    KeptBehind kept = new KeptBehind(ports.keeper(), log);
    this.templated = new TemplateDirectors(onDemand, this, register, kept, ports.timers());
  }

  @Override
  public @Nullable Director find(String name) {
    return register.find(name);
  }

  @Override
  public @Nullable Director find(Endpoint endpoint) {
    return register.find(endpoint);
  }

  @Override
  public FromTemplate findOrMake(Endpoint endpoint) {
    if (templated != null) {
      return templated.findOrMake(endpoint);
    }
    Director owner = find(endpoint);
    return owner == null ? new FromTemplate.Nobody() : new FromTemplate.Made(owner);
  }

  @Override
  public @Nullable OnDemandView onDemand() {
    return templated == null ? null : templated.view();
  }

  @Override
  public List<Director> all() {
    return List.copyOf(register.all());
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
    Reservation reservation = new Reservation(definition.name(), endpoint(definition));
    if (register.reserve(reservation) != null) {
      throw new IllegalStateException("director %s: is there already".formatted(definition.name()));
    }
    ports.versions().passed(definition.version());
    DirectorHandle handle = open(definition);
    if (memory != null) {
      handle.resume(memory);
    }
    register.fill(reservation, handle);
    if (templated != null && definition.isTemplated()) {
      templated.enter(handle);
    }
    return handle;
  }

  /** Ends all requests in all directors, and those that will come. */
  public void shutDown() {
    down = true;
    register.all().forEach(DirectorHandle::shutDown);
  }

  @Nullable DirectorHandle handle(String name) {
    return register.find(name);
  }

  long nextVersion() {
    return ports.versions().next();
  }

  /** Takes a new director's name and endpoint; null when that worked, else why not. */
  @Nullable Change reserve(Reservation wanted) {
    return register.reserve(wanted);
  }

  void release(Reservation reservation) {
    register.release(reservation);
  }

  /** Makes the director whose name and endpoint are reserved. */
  void fill(Reservation reservation, Definition definition) {
    register.fill(reservation, open(definition));
  }

  /** A director that nobody can find yet. */
  DirectorHandle open(Definition definition) {
    DirectorHandle handle = new DirectorHandle(definition, ports);
    if (down) {
      handle.shutDown();
    }
    return handle;
  }

  /** Somebody has changed a director. */
  void changed(DirectorHandle handle) {
    if (templated != null && !handle.definition().isTemplated()) {
      templated.leave(handle);
    }
  }

  /** Forgets a director that was removed. */
  void drop(DirectorHandle handle) {
    if (templated != null) {
      templated.leave(handle);
    }
    register.remove(handle);
  }

  /** The endpoint that a director answers for; null for none. */
  static @Nullable Endpoint endpoint(Definition definition) {
    return definition.origin() instanceof Origin.OnDemand onDemand ? onDemand.endpoint() : null;
  }
}
