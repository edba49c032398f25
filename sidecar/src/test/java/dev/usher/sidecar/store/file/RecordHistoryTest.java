package dev.usher.sidecar.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.store.record.Change;
import dev.usher.sidecar.store.record.Contents;
import dev.usher.sidecar.store.record.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A record file does what a map in memory does. A failure names its seed; {@code
 * -Dusher.store.seed=SEED} lives that history alone.
 */
class RecordHistoryTest {
  private static final String SEED = "usher.store.seed";
  private static final int HISTORIES = 8;
  private static final int STEPS = 200;

  @TempDir private Path temp;

  @Test
  void a_record_file_does_what_a_map_does() throws IOException {
    Long alone = Long.getLong(SEED);
    long first = alone != null ? alone : new SplittableRandom().nextLong();
    for (int i = 0; i < (alone != null ? 1 : HISTORIES); i++) {
      try (Folder folder = new Folder(temp.resolve(Integer.toString(i)))) {
        new History(folder, first + i).live();
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError("history with -D%s=%d".formatted(SEED, first + i), e);
      }
    }
  }

  private static final class History {
    private final Folder folder;
    private final SplittableRandom random;
    private final int keys;
    private final Map<String, byte[]> model = new HashMap<>();
    private RecordFile file;

    History(Folder folder, long seed) throws IOException {
      this.folder = folder;
      this.random = new SplittableRandom(seed);
      this.keys = random.nextBoolean() ? 10 : 300;
      this.file = folder.open();
    }

    void live() throws IOException {
      for (int step = 0; step < STEPS; step++) {
        int dice = random.nextInt(100);
        if (dice < 60) {
          change(1);
        } else if (dice < 80) {
          change(random.nextInt(30));
        } else if (dice < 90) {
          file.force();
        } else if (dice < 95) {
          check(file.readAll());
        } else {
          restart();
        }
      }
      file.close();
      assertThat(RecordFile.readCopy(folder.file()))
          .isInstanceOfSatisfying(Reading.Found.class, found -> check(found.contents()));
    }

    private void change(int count) throws IOException {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String key = "director-" + random.nextInt(keys);
        boolean gone = random.nextInt(4) == 0;
        changes.add(gone ? Change.remove(key) : Change.put(key, payload()));
      }
      if (count == 1) {
        make(changes.get(0));
      } else {
        file.putAll(changes);
      }
      for (Change change : changes) {
        byte[] payload = change.payload();
        if (payload == null) {
          model.remove(change.key());
        } else {
          model.put(change.key(), payload);
        }
      }
    }

    private void make(Change change) throws IOException {
      byte[] payload = change.payload();
      if (payload == null) {
        file.remove(change.key());
      } else {
        file.put(change.key(), payload);
      }
    }

    /** Mostly a few KiB, now and then none, seldom up to 1 MiB. */
    private byte[] payload() {
      int dice = random.nextInt(1_000);
      int most = dice < 100 ? 1 : dice < 990 ? 4_000 : 1 << 20;
      byte[] payload = new byte[random.nextInt(most)];
      random.nextBytes(payload);
      return payload;
    }

    private void restart() throws IOException {
      file.close();
      file = folder.open();
      check(file.readAll());
    }

    private void check(Contents contents) {
      assertThat(contents.losses()).isEmpty();
      check(contents.records());
    }

    private void check(Map<String, byte[]> records) {
      assertThat(records.keySet()).isEqualTo(model.keySet());
      records.forEach(
          (key, payload) -> assertThat(Arrays.equals(payload, model.get(key))).as(key).isTrue());
    }
  }
}
