package dev.usher.sidecar.store;

import dev.usher.sidecar.config.override.Merge;
import dev.usher.sidecar.config.override.Merged;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper.Entry;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the configuration file together with what was kept. Changes made at runtime stay, field by
 * field, but where the file has changed its own value since.
 */
final class Reconciler {

  private final Loaded loaded;
  private final List<Restart.Start> starts = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Reconciler(Loaded loaded) {
    this.loaded = loaded;
  }

  /**
   * @param file the directors of the configuration file
   */
  static Restart reconcile(List<DirectorSpec> file, Loaded loaded) {
    Reconciler reconciler = new Reconciler(loaded);
    Set<String> inFile = new HashSet<>();
    for (DirectorSpec written : file) {
      inFile.add(written.name());
      reconciler.ofFile(written, loaded.directors().get(written.name()));
    }
    Map<String, KeptDirector> others = new TreeMap<>(loaded.directors());
    others.keySet().removeAll(inFile);
    others.forEach(reconciler::notOfFile);
    return new Restart(reconciler.starts, reconciler.entries, reconciler.notes);
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
    startAndKeep(new Definition(written, 1, new Origin.File(written)));
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
    startAndKeep(new Definition(merged.spec(), kept.version() + 1, origin));
  }

  private void notOfFile(String name, KeptDirector kept) {
    if (kept instanceof KeptDirector.Alive alive
        && !(alive.definition().origin() instanceof Origin.File)) {
      start(alive.definition());
      return;
    }
    entries.add(new Entry.Removed(name, null));
    if (kept instanceof KeptDirector.Alive alive && isChanged(alive.definition())) {
      note(name, "has gone from the file, and with it what was changed at runtime");
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
