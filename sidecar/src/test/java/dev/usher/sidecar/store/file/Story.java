package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.record.Change;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An endless row of changes, the same in every process: what a file holds tells how far it got. Its
 * records come, change, grow and go, one by one and in batches.
 */
final class Story {
  private static final int KEYS = 60;

  private final Map<String, byte[]> records = new HashMap<>();
  private long told;

  /** Changes told so far. */
  long told() {
    return told;
  }

  /** Whether a file that holds these was told as much as this. */
  boolean isToldBy(Map<String, byte[]> found) {
    return found.keySet().equals(records.keySet())
        && found.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), records.get(entry.getKey())));
  }

  /** Tells on without a file. */
  void tell() {
    for (Change change : next()) {
      byte[] payload = change.payload();
      if (payload == null) {
        records.remove(change.key());
      } else {
        records.put(change.key(), payload);
      }
    }
    told++;
  }

  /** Makes the next change to a file. */
  void tell(RecordFile file) throws IOException {
    List<Change> changes = next();
    byte[] payload = changes.get(0).payload();
    if (changes.size() > 1) {
      file.putAll(changes);
    } else if (payload == null) {
      file.remove(changes.get(0).key());
    } else {
      file.put(changes.get(0).key(), payload);
    }
    tell();
  }

  private List<Change> next() {
    SplittableRandom random = new SplittableRandom(told);
    String key = "director-" + random.nextInt(KEYS);
    int dice = random.nextInt(100);
    if (dice < 15) {
      return List.of(Change.remove(key));
    }
    if (dice < 30) {
      byte[] payload = payload(random, 2_000);
      return List.of(Change.put("left", payload), Change.remove(key), Change.put("right", payload));
    }
    return List.of(Change.put(key, payload(random, dice < 97 ? 3_000 : 200_000)));
  }

  private static byte[] payload(SplittableRandom random, int most) {
    byte[] payload = new byte[random.nextInt(most)];
    random.nextBytes(payload);
    return payload;
  }
}
