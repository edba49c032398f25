package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.record.Batch;
import dev.usher.sidecar.store.record.Census;
import dev.usher.sidecar.store.record.Change;
import dev.usher.sidecar.store.record.Envelope;
import dev.usher.sidecar.store.record.Kind;
import dev.usher.sidecar.store.record.Usage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A record file that this process has made and mapped. A version goes into the slot that does not
 * hold the one before, so a write that breaks off harms nothing. After an exception what the file
 * holds is known by reading it only, and it takes no more changes. [p]
 */
final class LiveFile implements Closeable {
  /** Of the witness; no record has it. */
  private static final String OWN = "";

  private static final byte[] BATCH_SLOT = {2};
  private static final byte[] NOTHING = {};

  /** From here on it should be made anew, larger or denser. */
  private static final double FULL = 0.7;

  /** Up to here it goes on if it cannot be made anew. */
  private static final double BRIM = 0.95;

  private final SlotMap map;
  private final SlotTable table;

  /** Of the last version written, of the last one on the disk for sure, of the last witness. */
  private long sequence;

  private long forced;
  private long witnessed;

  /** Chunks of the batch that is still in the map, else 0. */
  private long batchChunks;

  private LiveFile(SlotMap map, Sizing sizing, long sequence) {
    this.map = map;
    this.table = new SlotTable(sizing);
    this.sequence = sequence;
  }

  /**
   * Makes a new file, all of it on the disk.
   *
   * @param sequence the highest number used before
   */
  static LiveFile create(Path path, Map<String, byte[]> records, long sequence) throws IOException {
    long chunks = 0;
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      chunks += chunks(record.getKey(), record.getValue().length);
    }
    Sizing sizing = Sizing.forContent(records.size(), chunks);
    LiveFile file = new LiveFile(SlotMap.create(path, sizing), sizing, sequence);
    boolean made = false;
    try {
      file.fill(records);
      file.force();
      made = true;
      return file;
    } finally {
      if (!made) {
        file.map.close();
      }
    }
  }

  /**
   * All envelopes carry the last census, so that half of a file is never taken for whole; and one
   * witness stands before the records and one behind them, so that no damage in one place takes
   * both.
   */
  private void fill(Map<String, byte[]> records) throws IOException {
    Census census = Census.EMPTY;
    long next = sequence + 1;
    for (String key : records.keySet()) {
      census = census.with(key, ++next);
    }
    witness(census);
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      write(Kind.VALUE, record.getKey(), record.getValue(), census);
    }
    witness(census);
  }

  /** Whether the changes fit without crowding the file. */
  boolean hasRoom(List<Change> changes) {
    return fits(changes, FULL);
  }

  /** Whether the changes fit somehow. */
  boolean couldHold(List<Change> changes) {
    return fits(changes, BRIM);
  }

  private boolean fits(List<Change> changes, double limit) {
    long entries = 0;
    long chunks = 0;
    for (Change change : changes) {
      byte[] payload = change.payload();
      long itsChunks = chunks(change.key(), payload == null ? 0 : payload.length);
      entries += table.newEntries(change.key());
      chunks += table.growth(change.key(), itsChunks);
    }
    if (changes.size() > 1) {
      long batch = Batch.encodedBytes(changes);
      if (batch > Change.MAX_PAYLOAD_BYTES) {
        return false;
      }
      entries += batchChunks == 0 ? 1 : 0;
      chunks += chunks(OWN, (int) batch) - batchChunks;
    }
    return table.fill(entries, chunks) <= limit;
  }

  /**
   * Makes the changes, one for each key, all or none of them.
   *
   * @throws IOException none or all of them were made
   */
  void apply(List<Change> changes) throws IOException {
    Census after = table.census();
    if (changes.size() > 1) {
      after = announce(changes);
    }
    for (Change change : changes) {
      byte[] payload = change.payload();
      if (changes.size() == 1) {
        after = table.after(after, change.key(), sequence + 1, payload != null);
      }
      Kind kind = payload == null ? Kind.TOMBSTONE : Kind.VALUE;
      write(kind, change.key(), payload == null ? NOTHING : payload, after);
    }
  }

  /** Writes the batch as one, on the disk before any of its changes is made by itself. */
  private Census announce(List<Change> changes) throws IOException {
    forgetBatch();
    long next = sequence + 1;
    Census after = table.census();
    for (Change change : changes) {
      after = table.after(after, change.key(), ++next, change.payload() != null);
    }
    byte[] payload = Batch.encode(changes);
    sequence++;
    map.put(BATCH_SLOT, new Envelope(Kind.BATCH, sequence, after, OWN, payload).encode());
    batchChunks = chunks(OWN, payload.length);
    table.otherEntry(1, batchChunks);
    forceMap();
    return after;
  }

  /** Waits until everything written is on the disk. */
  void force() throws IOException {
    if (sequence > witnessed) {
      witness(table.census());
      witness(table.census());
      witnessed = sequence;
      forceMap();
      forgetBatch();
    }
  }

  private void witness(Census census) throws IOException {
    store(Kind.WITNESS, OWN, table.usage().encode(), census);
  }

  private void write(Kind kind, String key, byte[] payload, Census after) throws IOException {
    if (table.wouldReplaceForced(key, forced)) {
      forceMap();
    }
    store(kind, key, payload, after);
  }

  private void store(Kind kind, String key, byte[] payload, Census after) throws IOException {
    byte[] slot = table.nextSlot(key);
    sequence++;
    map.put(slot, new Envelope(kind, sequence, after, key, payload).encode());
    table.written(key, sequence, chunks(key, payload.length), kind == Kind.VALUE);
  }

  private void forceMap() throws IOException {
    map.force();
    forced = sequence;
  }

  /** Removes the batch, whose changes must be on the disk before. */
  private void forgetBatch() throws IOException {
    if (batchChunks > 0) {
      if (sequence > forced) {
        forceMap();
      }
      map.remove(BATCH_SLOT);
      table.otherEntry(-1, batchChunks);
      batchChunks = 0;
    }
  }

  private static long chunks(String key, int payloadBytes) {
    int keyBytes = key.getBytes(StandardCharsets.UTF_8).length;
    return Sizing.chunks(keyBytes + 1, Envelope.bytes(keyBytes, payloadBytes));
  }

  /**
   * @throws IOException if somebody has cut the file short
   */
  void checkLength() throws IOException {
    map.checkLength();
  }

  boolean holds(String key) {
    return table.isLive(key);
  }

  Usage usage() {
    return table.usage();
  }

  Census census() {
    return table.census();
  }

  long sequence() {
    return sequence;
  }

  /** The file, to be read; it stays the same one when its name goes to another. */
  FileChannel channel() {
    return map.channel();
  }

  /** Ends it without a force. */
  @Override
  public void close() throws IOException {
    map.close();
  }
}
