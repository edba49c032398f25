package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.core.DirectorHandle;
import dev.usher.sidecar.director.endpoint.Endpoint;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who has which name and which endpoint. Both are taken before a director is made, by whoever makes
 * it, so that no two directors ever have the same; this is where that is decided, whether the
 * director comes through the API or from the template. Readers never wait. [any]
 */
final class Register {
  private final ConcurrentHashMap<String, Holder> byName = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Endpoint, Holder> byEndpoint = new ConcurrentHashMap<>();

  /** Who has a name, and an endpoint if it wants one. */
  sealed interface Holder permits Owner, Reservation {
    String name();
  }

  /** A director. */
  record Owner(DirectorHandle handle) implements Holder {
    @Override
    public String name() {
      return handle.name();
    }
  }

  /** A director that is still to be made, or will not be. Another one for each. */
  static final class Reservation implements Holder {
    private final String name;
    private final @Nullable Endpoint endpoint;

    Reservation(String name, @Nullable Endpoint endpoint) {
      this.name = name;
      this.endpoint = endpoint;
    }

    @Override
    public String name() {
      return name;
    }
  }

  @Nullable DirectorHandle find(String name) {
    return handle(byName.get(name));
  }

  @Nullable DirectorHandle find(Endpoint endpoint) {
    return handle(byEndpoint.get(endpoint));
  }

  /** The director that {@code holder} is; null for one that is still to be made. */
  static @Nullable DirectorHandle handle(@Nullable Holder holder) {
    return holder instanceof Owner owner ? owner.handle : null;
  }

  /** All directors by name. */
  List<DirectorHandle> all() {
    return byName.values().stream()
        .filter(Owner.class::isInstance)
        .map(owner -> ((Owner) owner).handle)
        .sorted(Comparator.comparing(DirectorHandle::name))
        .toList();
  }

  /** Takes name and endpoint, or neither; null when they are taken now, else why not. */
  @Nullable Change reserve(Reservation wanted) {
    if (!reserveName(wanted)) {
      return new Change.NameTaken();
    }
    Endpoint endpoint = wanted.endpoint;
    Holder owner = endpoint == null ? null : byEndpoint.putIfAbsent(endpoint, wanted);
    if (owner == null) {
      return null;
    }
    byName.remove(wanted.name, wanted);
    return new Change.EndpointTaken(owner.name());
  }

  boolean reserveName(Reservation wanted) {
    return byName.putIfAbsent(wanted.name, wanted) == null;
  }

  /** Gives back what was reserved. */
  void release(Reservation reservation) {
    remove(reservation, reservation.endpoint);
  }

  /** Puts a director in the place of its reservation. */
  void fill(Reservation reservation, DirectorHandle handle) {
    Endpoint endpoint = reservation.endpoint;
    Owner owner = new Owner(handle);
    if (endpoint != null) {
      byEndpoint.put(endpoint, owner);
    }
    byName.put(reservation.name, owner);
  }

  /**
   * Who has {@code endpoint}; when nobody has, whoever {@code maker} makes, null for nobody. One
   * maker at a time for each endpoint; it must be short, and must not touch endpoints.
   */
  @Nullable DirectorHandle findOrMake(
      Endpoint endpoint, Function<Endpoint, @Nullable DirectorHandle> maker) {
    return handle(
        byEndpoint.computeIfAbsent(
            endpoint,
            wanted -> {
              DirectorHandle made = maker.apply(wanted);
              return made == null ? null : new Owner(made);
            }));
  }

  /** A director is no more. */
  void remove(DirectorHandle handle) {
    remove(new Owner(handle), DirectorRegistry.endpoint(handle.definition()));
  }

  /** The name first: who finds the endpoint free shall find the name free that belongs to it. */
  private void remove(Holder holder, @Nullable Endpoint endpoint) {
    byName.remove(holder.name(), holder);
    if (endpoint != null) {
      byEndpoint.remove(endpoint, holder);
    }
  }
}
