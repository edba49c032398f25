package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.record.Census;
import dev.usher.sidecar.store.record.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where each key's versions stand in a map, and how full it is: arithmetic only. */
final class SlotTable {
  private final Sizing sizing;
  private final Map<String, Slots> slots = new HashMap<>();
  private Census census = Census.EMPTY;
  private long entries;
  private long chunks;

  SlotTable(Sizing sizing) {
    this.sizing = sizing;
  }

  /** The map's key for the slot that is {@code key}'s turn. */
  byte[] nextSlot(String key) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    byte[] slot = Arrays.copyOf(name, name.length + 1);
    slot[name.length] = (byte) slots(key).next();
    return slot;
  }

  /**
   * Whether writing {@code key} now would replace its last version that is on the disk for sure.
   *
   * @param forced highest sequence number on the disk
   */
  boolean wouldReplaceForced(String key, long forced) {
    Slots its = slots.get(key);
    return its != null && its.nextChunks() > 0 && its.sequence() > forced;
  }

  boolean isLive(String key) {
    Slots its = slots.get(key);
    return its != null && its.isLive();
  }

  /** The census {@code before}, after a version of {@code key} with this number. */
  Census after(Census before, String key, long sequence, boolean live) {
    Slots its = slots.get(key);
    Census census = before;
    if (its != null && its.isLive()) {
      census = census.without(key, its.sequence());
    }
    return live ? census.with(key, sequence) : census;
  }

  /** Chunks that a version takes more than what it replaces. */
  long growth(String key, long itsChunks) {
    return itsChunks - nextChunks(key);
  }

  /** 1 if a version of {@code key} goes into a new entry, else 0. */
  int newEntries(String key) {
    return nextChunks(key) == 0 ? 1 : 0;
  }

  private long nextChunks(String key) {
    Slots its = slots.get(key);
    return its == null ? 0 : its.nextChunks();
  }

  void written(String key, long sequence, long itsChunks, boolean live) {
    entries += newEntries(key);
    chunks += growth(key, itsChunks);
    Slots its = slots(key);
    census = after(census, key, sequence, live);
    its.written(sequence, itsChunks, live);
  }

  /** An entry came ({@code +1}) or went ({@code -1}) that is no key's slot. */
  void otherEntry(int count, long itsChunks) {
    entries += count;
    chunks += count * itsChunks;
  }

  /** How full the map would be with so much more; 1 is all of it. */
  double fill(long moreEntries, long moreChunks) {
    return Math.max(
        (double) (entries + moreEntries) / sizing.entries(),
        (double) (chunks + moreChunks) / sizing.chunks());
  }

  Usage usage() {
    return new Usage(
        entries,
        sizing.entries(),
        chunks * Sizing.CHUNK_BYTES,
        sizing.chunks() * Sizing.CHUNK_BYTES);
  }

  Census census() {
    return census;
  }

  private Slots slots(String key) {
    return slots.computeIfAbsent(key, unused -> new Slots());
  }
}
