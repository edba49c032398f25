package dev.usher.sidecar.store.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes in the order in which a scan comes upon them, old versions among them; the highest
 * sequence number of a key is its state.
 */
final class Harvest {
  private final Map<String, Version> newest = new HashMap<>();

  /** Highest sequence number by key, of those with a whole heading and a damaged payload. */
  private final Map<String, Long> damaged = new HashMap<>();

  private long versions;
  private long sequence;
  private Census expected = Census.EMPTY;
  private long witnessed;
  private @Nullable Usage usage;

  /** Whether any envelope was whole. */
  boolean isEmpty() {
    return sequence == 0;
  }

  void add(Envelope envelope) {
    long last = envelope.sequence();
    switch (envelope.kind()) {
      case VALUE -> version(envelope.key(), last, envelope.payload());
      case TOMBSTONE -> version(envelope.key(), last, null);
      case BATCH -> {
        for (Change change : Batch.decode(envelope.payload())) {
          version(change.key(), ++last, change.payload());
        }
      }
      case WITNESS -> witness(envelope);
    }
    if (last > sequence) {
      sequence = last;
      expected = envelope.census();
    }
  }

  void addDamaged(Heading heading) {
    if (heading.kind() == Kind.VALUE || heading.kind() == Kind.TOMBSTONE) {
      damaged.merge(heading.key(), heading.sequence(), Math::max);
    }
  }

  /** Counts up with each version that is newer than what was known of its key. */
  long versions() {
    return versions;
  }

  /** Whether what was found is what the newest envelope says. */
  boolean isWhole() {
    return !isEmpty() && census().equals(expected);
  }

  Contents contents() {
    Map<String, byte[]> records = new TreeMap<>();
    newest.forEach(
        (key, version) -> {
          if (version.payload != null) {
            records.put(key, version.payload);
          }
        });
    boolean whole = isWhole();
    return new Contents(
        Collections.unmodifiableMap(records),
        sequence,
        census(),
        whole ? List.of() : losses(records.size()),
        whole ? outdated() : List.of(),
        usage);
  }

  private void version(String key, long itsSequence, byte @Nullable [] payload) {
    Version known = newest.get(key);
    if (known == null || known.sequence < itsSequence) {
      newest.put(key, new Version(itsSequence, payload));
      versions++;
    }
  }

  private void witness(Envelope envelope) {
    if (envelope.sequence() > witnessed) {
      witnessed = envelope.sequence();
      usage = Usage.decode(envelope.payload());
    }
  }

  private Census census() {
    Census census = Census.EMPTY;
    for (Map.Entry<String, Version> entry : newest.entrySet()) {
      if (entry.getValue().payload != null) {
        census = census.with(entry.getKey(), entry.getValue().sequence);
      }
    }
    return census;
  }

  /** Keys of which a newer version is damaged than the newest whole one. */
  private List<String> outdated() {
    List<String> keys = new ArrayList<>();
    damaged.forEach(
        (key, itsSequence) -> {
          Version version = newest.get(key);
          if (version == null || version.sequence < itsSequence) {
            keys.add(key);
          }
        });
    Collections.sort(keys);
    return keys;
  }

  private List<String> losses(int found) {
    List<String> losses = new ArrayList<>();
    for (String key : outdated()) {
      Version version = newest.get(key);
      losses.add(
          version == null || version.payload == null
              ? "'%s' is damaged, nothing of it is left".formatted(key)
              : "'%s' is damaged, an older version of it is kept".formatted(key));
    }
    if (found != expected.records()) {
      losses.add("%d records should be there, %d are".formatted(expected.records(), found));
    } else if (losses.isEmpty()) {
      losses.add("the newest version of a record is missing; which one is not known");
    }
    return losses;
  }

  /** Null payload: the record is gone. */
  private static final class Version {
    final long sequence;
    final byte @Nullable [] payload;

    Version(long sequence, byte @Nullable [] payload) {
      this.sequence = sequence;
      this.payload = payload;
    }
  }
}
