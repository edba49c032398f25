package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.Directors;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All directors of a sidecar. [any] */
public final class DirectorRegistry implements Directors {
  private final ConcurrentHashMap<String, DirectorHandle> byName = new ConcurrentHashMap<>();
  private final DirectorPorts ports;

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
  public List<Director> all() {
    return byName.values().stream()
        .sorted(Comparator.comparing(DirectorHandle::name))
        .<Director>map(handle -> handle)
        .toList();
  }

  @Override
  public @Nullable Director create(DirectorSpec spec) {
    DirectorHandle created = new DirectorHandle(spec, pastVersions.get() + 1, ports);
    return byName.putIfAbsent(spec.name(), created) == null ? created : null;
  }

  @Override
  public CompletionStage<Change> remove(String name, long expectedVersion) {
    DirectorHandle handle = byName.get(name);
    if (handle == null) {
      return CompletableFuture.completedFuture(new Change.Gone());
    }
    return handle
        .remove(expectedVersion)
        .thenApply(
            change -> {
              if (change instanceof Change.Applied applied) {
                pastVersions.accumulateAndGet(applied.version(), Math::max);
                byName.remove(name, handle);
              }
              return change;
            });
  }
}
