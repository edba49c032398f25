package dev.usher.sidecar.store;

import dev.usher.sidecar.config.override.Merge;
import dev.usher.sidecar.config.override.Merged;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper.Entry;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings the configuration file together with what was kept. Changes made at runtime stay, field by
 * field, but where the file has changed its own value since.
 */
final class Reconciler {
  private static final Comparator<Definition> STRONGER =
      Comparator.comparing((Definition each) -> !each.isTemplated())
          .thenComparingLong(Definition::version);

  private final Loaded loaded;
  private final Versions versions;

  /** Who answers for each host and port, of those that are not in the file. */
  private final Map<Endpoint, Definition> owners = new HashMap<>();

  private final List<Restart.Start> starts = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Reconciler(Loaded loaded, Versions versions) {
    this.loaded = loaded;
    this.versions = versions;
  }

  /**
   * @param file the directors of the configuration file
   * @param versions for what is new or changed
   */
  static Restart reconcile(List<DirectorSpec> file, Loaded loaded, Versions versions) {
    Reconciler reconciler = new Reconciler(loaded, versions);
    reconciler.passKeptVersions();
    Set<String> inFile = new HashSet<>();
    for (DirectorSpec written : file) {
      inFile.add(written.name());
      reconciler.ofFile(written, loaded.directors().get(written.name()));
    }
    Map<String, KeptDirector> others = new TreeMap<>(loaded.directors());
    others.keySet().removeAll(inFile);
    reconciler.findOwners(others.values());
    others.forEach(reconciler::notOfFile);
    return new Restart(reconciler.starts, reconciler.entries, reconciler.notes);
  }

  private void passKeptVersions() {
    for (KeptDirector kept : loaded.directors().values()) {
      if (kept instanceof KeptDirector.Alive alive) {
        versions.passed(alive.definition().version());
      }
    }
  }

  private void ofFile(DirectorSpec written, @Nullable KeptDirector kept) {
    if (kept == null) {
      begin(written);
    } else if (kept instanceof KeptDirector.Removed removed) {
      ofFileButRemoved(written, removed);
    } else {
      merge(written, ((KeptDirector.Alive) kept).definition());
    }
  }

  private void ofFileButRemoved(DirectorSpec written, KeptDirector.Removed removed) {
    if (removed.written().equals(written)) {
      note(written.name(), "removed at runtime, stays away until the file changes it");
    } else {
      note(written.name(), "removed at runtime, is back since the file has changed it");
      begin(written);
    }
  }

  private void begin(DirectorSpec written) {
    startAndKeep(new Definition(written, versions.next(), new Origin.File(written)));
  }

  private void startAndKeep(Definition definition) {
    start(definition);
    entries.add(new Entry.Put(definition));
  }

  private void merge(DirectorSpec written, Definition kept) {
    DirectorSpec before = kept.origin() instanceof Origin.File file ? file.written() : null;
    Origin origin = new Origin.File(written);
    if (written.equals(before)) {
      start(new Definition(kept.spec(), kept.version(), origin));
      return;
    }
    if (before == null) {
      note(written.name(), "created at runtime, is the file's now");
    }
    Merged merged = Merge.of(before, kept.spec(), written);
    merged.lost().forEach(lost -> note(written.name(), lost.text()));
    startAndKeep(new Definition(merged.spec(), versions.next(), origin));
  }

  private void notOfFile(String name, KeptDirector kept) {
    if (!(kept instanceof KeptDirector.Alive alive)) {
      entries.add(new Entry.Removed(name, null));
    } else if (alive.definition().origin() instanceof Origin.File) {
      entries.add(new Entry.Removed(name, null));
      if (isChanged(alive.definition())) {
        note(name, "has gone from the file, and with it what was changed at runtime");
      }
    } else if (alive.definition().origin() instanceof Origin.OnDemand onDemand
        && !alive.definition().equals(owners.get(onDemand.endpoint()))) {
      entries.add(new Entry.Removed(name, null));
      note(name, "was removed and could not be taken off the disk: another has its host and port");
    } else {
      start(alive.definition());
    }
  }

  /**
   * Of two directors for one host and port one was let go, which could not be kept while the disk
   * was full: the other is there by somebody's will, or later.
   */
  private void findOwners(Collection<KeptDirector> kept) {
    for (KeptDirector each : kept) {
      if (each instanceof KeptDirector.Alive alive
          && alive.definition().origin() instanceof Origin.OnDemand onDemand) {
        owners.merge(onDemand.endpoint(), alive.definition(), BinaryOperator.maxBy(STRONGER));
      }
    }
  }

  private static boolean isChanged(Definition definition) {
    return definition.origin() instanceof Origin.File file
        && !file.written().equals(definition.spec());
  }

  private void start(Definition definition) {
    starts.add(new Restart.Start(definition, loaded.memories().get(definition.name())));
  }

  private void note(String director, String what) {
    notes.add("director %s: %s".formatted(director, what));
  }
}
