package dev.usher.sidecar.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.store.record.Contents;
import dev.usher.sidecar.store.record.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damages a file in many ways: what is read afterwards is some version that was once written, and
 * what is missing or older is reported. Seeded, so that a failure comes again; {@code
 * -Dusher.store.trials=N} tries more.
 */
class DamageTest {
  private static final int RECORDS = 40;
  private static final int VERSIONS = 4;
  private static final int TRIALS = Integer.getInteger("usher.store.trials", 200);

  /** Trials that also take the file over, as a start would. */
  private static final int OPENED = 10;

  @TempDir private static Path made;
  @TempDir private Path temp;

  private static final Map<String, byte[]> NEWEST = new HashMap<>();
  private static byte[] whole = {};
  private static int used;

  enum Damage {
    TRUNCATED,
    TRUNCATED_WITHIN_THE_HEADER,
    ZEROED_REGION,
    GARBAGE_REGION,
    ONE_BIT,
    ONE_BIT_OF_THE_INDEX,
    SOME_BITS,
    ANOTHER_PLACE,
    GARBAGE
  }

  @BeforeAll
  static void writeWholeFile() throws IOException {
    try (Folder folder = new Folder(made)) {
      try (RecordFile file = folder.open()) {
        file.prepare();
        for (int version = 0; version < VERSIONS; version++) {
          for (int record = 0; record < RECORDS; record++) {
            byte[] payload = payload(record, version);
            file.put("director-" + record, payload);
            NEWEST.put("director-" + record, payload);
          }
        }
        file.remove("director-7");
        NEWEST.remove("director-7");
      }
      whole = Files.readAllBytes(folder.file());
    }
    used = whole.length;
    while (whole[used - 1] == 0) {
      used--;
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void no_damage_goes_unnoticed_or_makes_up_a_value(Damage damage) throws IOException {
    for (int seed = 0; seed < TRIALS; seed++) {
      Trial trial = new Trial(new SplittableRandom(seed), used);
      byte[] bytes = trial.damaged(damage, whole.clone());
      Path path = Files.write(temp.resolve("damaged.chm"), bytes);
      check(RecordFile.readCopy(path), damage + " with seed " + seed);
      assertThat(Files.readAllBytes(path)).isEqualTo(bytes);
      if (seed < OPENED) {
        open(bytes, damage + "-" + seed);
      }
    }
  }

  private void check(Reading reading, String what) {
    if (reading instanceof Reading.Found found) {
      check(found.contents(), what);
    } else {
      assertThat(reading).as(what).isInstanceOf(Reading.Unreadable.class);
    }
  }

  private void check(Contents contents, String what) {
    contents.records().forEach((key, payload) -> assertWritten(what, key, payload));
    if (contents.whole()) {
      assertThat(contents.records().keySet()).as(what).isEqualTo(NEWEST.keySet());
      contents
          .records()
          .forEach((key, payload) -> assertThat(payload).as(what).isEqualTo(NEWEST.get(key)));
    }
  }

  /** As a start does: opens, takes what is there, goes on, and finds it all at the next one. */
  private void open(byte[] bytes, String what) throws IOException {
    try (Folder folder = new Folder(temp.resolve(what))) {
      Files.write(folder.file(), bytes);
      Opening.Opened opened = folder.recover();
      Map<String, byte[]> records;
      try (RecordFile file = opened.file()) {
        records = file.readAll();
        records.forEach((key, payload) -> assertWritten(what, key, payload));
        assertThat(opened.recovery().trouble()).as(what).isNull();
        if (opened.recovery().isClean()) {
          assertThat(records.keySet()).as(what).isEqualTo(NEWEST.keySet());
        } else {
          assertThat(opened.recovery().losses()).as(what).isNotEmpty();
          assertThat(opened.recovery().setAside()).as(what).hasBinaryContent(bytes);
        }
        file.put("director-7", payload(7, 0));
      }
      try (RecordFile file = folder.open()) {
        assertThat(file.readAll())
            .as(what)
            .hasSize(records.containsKey("director-7") ? records.size() : records.size() + 1);
      }
    }
  }

  @Test
  void a_damaged_index_loses_nothing() throws IOException {
    for (int seed = 0; seed < TRIALS; seed++) {
      byte[] bytes = whole.clone();
      // Header, counters, locks, index and free list; the first record comes behind them.
      new Trial(new SplittableRandom(seed), used).fill(bytes, 4096, 1600, true);
      Path path = Files.write(temp.resolve("damaged.chm"), bytes);
      Contents contents = ((Reading.Found) RecordFile.readCopy(path)).contents();
      assertThat(contents.losses()).isEmpty();
      check(contents, "seed " + seed);
    }
  }

  private static void assertWritten(String what, String key, byte[] payload) {
    int record = Integer.parseInt(key.substring(key.indexOf('-') + 1));
    int version = ByteBuffer.wrap(payload).getInt();
    assertThat(version).as(what).isBetween(0, VERSIONS - 1);
    assertThat(payload).as("%s: %s", what, key).isEqualTo(payload(record, version));
  }

  private static byte[] payload(int record, int version) {
    SplittableRandom random = new SplittableRandom(record * 1_000L + version);
    byte[] payload = new byte[4 + random.nextInt(1_500)];
    random.nextBytes(payload);
    return ByteBuffer.wrap(payload).putInt(0, version).array();
  }

  /** One way to damage a file of which the first {@code used} bytes are in use. */
  private record Trial(SplittableRandom random, int used) {
    byte[] damaged(Damage damage, byte[] bytes) {
      return switch (damage) {
        case TRUNCATED -> Arrays.copyOf(bytes, random.nextInt(used));
        case TRUNCATED_WITHIN_THE_HEADER -> Arrays.copyOf(bytes, random.nextInt(2048));
        case ZEROED_REGION -> fill(bytes, 1 << random.nextInt(16), false);
        case GARBAGE_REGION -> fill(bytes, 1 << random.nextInt(16), true);
        case ONE_BIT -> flip(bytes, 1, used);
        case ONE_BIT_OF_THE_INDEX -> flip(bytes, 1, 8192);
        case SOME_BITS -> flip(bytes, 2 + random.nextInt(30), used);
        case ANOTHER_PLACE -> move(bytes);
        case GARBAGE -> fill(new byte[random.nextInt(1 << 16)]);
      };
    }

    byte[] flip(byte[] bytes, int count, int bound) {
      for (int i = 0; i < count; i++) {
        bytes[random.nextInt(bound)] ^= (byte) (1 << random.nextInt(8));
      }
      return bytes;
    }

    byte[] fill(byte[] bytes) {
      random.nextBytes(bytes);
      return bytes;
    }

    byte[] fill(byte[] bytes, int length, boolean garbage) {
      return fill(bytes, random.nextInt(Math.max(1, used - length)), length, garbage);
    }

    byte[] fill(byte[] bytes, int from, int length, boolean garbage) {
      byte[] region = garbage ? fill(new byte[length]) : new byte[length];
      System.arraycopy(region, 0, bytes, from, length);
      return bytes;
    }

    /** Copies a region over another one. */
    byte[] move(byte[] bytes) {
      int length = 1 + random.nextInt(used / 3);
      System.arraycopy(
          bytes, random.nextInt(used - length), bytes, random.nextInt(used - length), length);
      return bytes;
    }
  }
}
