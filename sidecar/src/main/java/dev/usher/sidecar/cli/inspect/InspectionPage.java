package dev.usher.sidecar.cli.inspect;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.cli.table.Table;
import dev.usher.sidecar.config.override.Difference;
import dev.usher.sidecar.config.override.Overrides;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketMemory;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.store.Inspection;
import dev.usher.sidecar.store.Inspection.Kept;
import dev.usher.sidecar.store.Inspection.KeptFile;
import dev.usher.unit.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An inspection for people to read. */
final class InspectionPage {
  private static final String INDENT = "  ";
  private static final String UNKNOWN = "-";

  private final Inspection inspection;
  private final long nowMillis;
  private final List<String> lines = new ArrayList<>();

  InspectionPage(Inspection inspection, long nowMillis) {
    this.inspection = inspection;
    this.nowMillis = nowMillis;
  }

  List<String> lines() {
    addFiles();
    inspection.directors().forEach(this::add);
    return List.copyOf(lines);
  }

  private void addFiles() {
    Table table = Table.headed("FILE", ">BYTES", ">RECORDS", ">FILL");
    for (KeptFile file : inspection.files()) {
      table.row(
          file.name(),
          String.valueOf(file.sizeBytes()),
          String.valueOf(file.records()),
          file.fill() < 0 ? UNKNOWN : Math.round(file.fill() * 100) + " %");
    }
    lines.addAll(table.lines());
    for (KeptFile file : inspection.files()) {
      file.damage().forEach(damage -> lines.add(file.name() + ": damaged: " + damage));
    }
  }

  private void add(Kept kept) {
    lines.add("");
    if (kept instanceof Kept.Alive alive) {
      add(alive.definition(), alive.memory());
    } else if (kept instanceof Kept.Unreadable unreadable) {
      lines.add("%s  cannot be read: %s".formatted(kept.name(), unreadable.why()));
    } else {
      lines.add(kept.name() + "  removed at runtime; the configuration file has it");
    }
  }

  private void add(Definition definition, @Nullable Memory memory) {
    DirectorSpec spec = definition.spec();
    lines.add(
        "%s  version %d, %s%s"
            .formatted(
                definition.name(),
                definition.version(),
                origin(definition.origin()),
                spec.settings().enabled() ? "" : ", disabled"));
    if (memory != null) {
      lines.add(
          INDENT
              + "requests %d, queued %d, dropped %d; as of %s ago"
                  .formatted(
                      memory.load().total(),
                      memory.queued().total(),
                      memory.dropped(),
                      ago(memory.epochMillis())));
      lines.add(INDENT + "per second " + Sparkline.of(memory.history()));
    }
    if (definition.origin() instanceof Origin.File file) {
      Overrides.between(file.written(), spec).forEach(this::addOverride);
    }
    addBuckets(spec, memory);
    addBackends(spec, memory);
  }

  private static String origin(Origin origin) {
    if (origin instanceof Origin.OnDemand onDemand) {
      return "for " + onDemand.endpoint() + (onDemand.templated() ? " from the template" : "");
    }
    return origin instanceof Origin.File ? "of the configuration file" : "created through the API";
  }

  private void addOverride(Difference override) {
    lines.add(
        INDENT
            + "overridden: %s: %s in the file, %s now"
                .formatted(
                    override.field(),
                    override.before() == null ? "nothing" : override.before(),
                    override.after() == null ? "nothing" : override.after()));
  }

  private void addBuckets(DirectorSpec spec, @Nullable Memory memory) {
    if (spec.buckets().isEmpty()) {
      return;
    }
    Table table = Table.headed("BUCKET", ">RATE", ">CEIL", ">PRIORITY", ">GRANTED", "PER SECOND");
    add(BucketSpec.root(spec.buckets()), "", memory, table);
    table.lines().forEach(line -> lines.add(INDENT + line));
  }

  private static void add(BucketSpec bucket, String indent, @Nullable Memory memory, Table table) {
    BucketMemory of = memory == null ? null : memory.buckets().get(bucket.name());
    table.row(
        indent + bucket.name(),
        bucket.rate().toString(),
        bucket.ceil().toString(),
        String.valueOf(bucket.priority()),
        of == null ? UNKNOWN : String.valueOf(of.stats().granted()),
        of == null ? "" : Sparkline.of(of.history()));
    bucket.buckets().forEach(child -> add(child, indent + INDENT, memory, table));
  }

  private void addBackends(DirectorSpec spec, @Nullable Memory memory) {
    if (spec.backends().isEmpty()) {
      return;
    }
    Table table =
        Table.headed(
            "BACKEND", "URL", "ROLE", ">CAPACITY", "ENABLED", "HEALTH", ">REQUESTS", "PER SECOND");
    Map<String, Memory.OfBackend> known = memory == null ? Map.of() : memory.backends();
    for (BackendSpec backend : spec.backends()) {
      Memory.OfBackend of = known.get(backend.name());
      table.row(
          backend.name(),
          backend.url().url(),
          backend.role().name().toLowerCase(Locale.ROOT),
          String.valueOf(backend.capacity()),
          backend.enabled() ? "yes" : "no",
          of == null ? UNKNOWN : health(of),
          of == null ? UNKNOWN : String.valueOf(of.load().total()),
          of == null ? "" : Sparkline.of(of.history()));
    }
    table.lines().forEach(line -> lines.add(INDENT + line));
  }

  private String health(Memory.OfBackend backend) {
    String state = backend.state() == HealthState.ONLINE ? "online" : "offline";
    return state + " for " + ago(backend.sinceEpochMillis());
  }

  /** In whole seconds. */
  private String ago(long epochMillis) {
    long seconds = Math.max(0, nowMillis - epochMillis) / 1_000;
    return Durations.text(Duration.ofSeconds(seconds));
  }
}
