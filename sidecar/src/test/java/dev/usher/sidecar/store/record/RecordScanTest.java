package dev.usher.sidecar.store.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts: envelopes in any order among other bytes, and what is read from them. */
class RecordScanTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  @Test
  void the_highest_sequence_number_wins_wherever_it_stands() throws IOException {
    append(value(3, "a", "new", census("a", 3)));
    append(value(1, "a", "old", census("a", 1)));
    append(value(2, "a", "older", census("a", 2)));
    assertThat(records()).isEqualTo(Map.of("a", "new"));
    assertThat(contents().whole()).isTrue();
    assertThat(contents().sequence()).isEqualTo(3);
  }

  @Test
  void a_removed_record_stays_removed_though_its_bytes_are_there() throws IOException {
    append(value(1, "a", "x", census("a", 1)));
    append(value(2, "b", "y", census("a", 1).with("b", 2)));
    append(envelope(Kind.TOMBSTONE, 3, "a", "", census("b", 2)));
    assertThat(records()).isEqualTo(Map.of("b", "y"));
    assertThat(contents().losses()).isEmpty();
  }

  @Test
  void a_batch_counts_as_one_before_its_changes_are_written() throws IOException {
    append(value(1, "a", "x", census("a", 1)));
    append(value(2, "gone", "z", census("a", 1).with("gone", 2)));
    List<Change> changes =
        List.of(Change.put("a", bytes("x2")), Change.remove("gone"), Change.put("b", bytes("y")));
    Census after = census("a", 4).with("b", 6);
    append(new Envelope(Kind.BATCH, 3, after, "", Batch.encode(changes)));
    assertThat(records()).isEqualTo(Map.of("a", "x2", "b", "y"));
    append(value(4, "a", "x2", after));
    assertThat(records()).isEqualTo(Map.of("a", "x2", "b", "y"));
    assertThat(contents().losses()).isEmpty();
    assertThat(contents().sequence()).isEqualTo(6);
  }

  @Test
  void a_batch_that_broke_off_did_not_happen() throws IOException {
    append(value(1, "a", "x", census("a", 1)));
    byte[] batch =
        new Envelope(
                Kind.BATCH,
                2,
                census("b", 3),
                "",
                Batch.encode(List.of(Change.put("b", bytes("y")))))
            .encode();
    file.write(batch, 0, batch.length - 1);
    assertThat(records()).isEqualTo(Map.of("a", "x"));
    assertThat(contents().losses()).isEmpty();
  }

  @Test
  void a_write_that_broke_off_leaves_the_version_before_and_says_so() throws IOException {
    append(value(1, "a", "x", census("a", 1)));
    byte[] torn = value(2, "a", "longer", census("a", 2)).encode();
    file.write(torn, 0, torn.length - 2);
    assertThat(records()).isEqualTo(Map.of("a", "x"));
    assertThat(contents().losses()).isEmpty();
    assertThat(contents().unfinished()).containsExactly("a");
  }

  @Test
  void a_damaged_record_is_missed_by_name() throws IOException {
    append(value(1, "a", "x", census("a", 1)));
    byte[] damaged = value(2, "b", "y", census("a", 1).with("b", 2)).encode();
    damaged[damaged.length - 1]++;
    file.write(damaged, 0, damaged.length);
    append(value(3, "c", "z", census("a", 1).with("b", 2).with("c", 3)));
    assertThat(records()).isEqualTo(Map.of("a", "x", "c", "z"));
    assertThat(contents().losses())
        .containsExactly(
            "'b' is damaged, nothing of it is left", "3 records should be there, 2 are");
  }

  @Test
  void an_older_version_is_kept_but_not_passed_off_as_the_newest() throws IOException {
    append(value(1, "a", "old", census("a", 1)));
    byte[] damaged = value(2, "a", "new", census("a", 2)).encode();
    damaged[damaged.length - 1]++;
    file.write(damaged, 0, damaged.length);
    append(value(3, "b", "y", census("a", 2).with("b", 3)));
    assertThat(records()).isEqualTo(Map.of("a", "old", "b", "y"));
    assertThat(contents().losses())
        .containsExactly("'a' is damaged, an older version of it is kept");
  }

  @Test
  void a_record_without_a_trace_is_missed_too() throws IOException {
    append(value(1, "a", "old", census("a", 1)));
    append(value(3, "b", "y", census("a", 2).with("b", 3)));
    assertThat(contents().losses())
        .containsExactly("the newest version of a record is missing; which one is not known");
  }

  @Test
  void the_witness_tells_of_a_lost_last_record() throws IOException {
    append(value(1, "a", "x", census("a", 1)));
    Census last = census("a", 1).with("b", 2);
    Usage usage = new Usage(3, 100, 640, 6400);
    append(new Envelope(Kind.WITNESS, 3, last, "", usage.encode()));
    assertThat(contents().losses()).containsExactly("2 records should be there, 1 are");
    assertThat(contents().usage()).isEqualTo(usage);
    assertThat(usage.fill()).isEqualTo(0.1);
  }

  @ParameterizedTest(name = "{0} bytes before")
  @ValueSource(ints = {0, 1, 7, 65_533, 65_536, 1_048_570, 1_048_576, 3_000_001})
  void finds_an_envelope_at_any_place_and_of_any_size(int before) throws IOException {
    file.writeBytes(new byte[before]);
    Census census = Census.EMPTY;
    for (int i = 1; i <= 40; i++) {
      census = census.with("k" + i, i);
      append(value(i, "k" + i, "v".repeat(i * i * i * 20), census));
    }
    assertThat(contents().losses()).isEmpty();
    assertThat(records()).hasSize(40);
    records().forEach((key, value) -> assertThat(value).matches("v*"));
  }

  @Test
  void nothing_inside_a_whole_payload_is_taken_for_an_envelope() throws IOException {
    byte[] inner = value(9, "inner", "x", census("inner", 9)).encode();
    append(new Envelope(Kind.VALUE, 1, census("outer", 1), "outer", inner));
    assertThat(contents().records()).containsOnlyKeys("outer");
  }

  @Test
  void a_newer_version_anywhere_makes_the_file_too_new() throws IOException {
    append(value(1, "a", "x", census("a", 1)));
    file.writeBytes(Newer.envelope(9));
    assertThat(read()).isEqualTo(new Reading.TooNew(9));
  }

  @Test
  void what_holds_no_record_is_told_apart() throws IOException {
    assertThat(read()).isEqualTo(new Reading.Unreadable("it is empty"));
    file.writeBytes("GIF89a, of all things".getBytes(UTF_8));
    assertThat(read()).isEqualTo(new Reading.Unreadable("it is no Chronicle Map"));
    file.reset();
    file.writeBytes(new byte[12]);
    file.writeBytes("!net.openhft.chronicle.map.VanillaChronicleMap {".getBytes(UTF_8));
    assertThat(read())
        .isEqualTo(
            new Reading.Unreadable("it is a Chronicle Map, but holds no whole record of Usher"));
  }

  @Test
  void a_foreign_file_is_not_read_to_its_end() throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, "another program's".getBytes(UTF_8));
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // With a hole, so it takes no room. To read all of it takes hours.
      channel.write(ByteBuffer.wrap(value(1, "a", "x", census("a", 1)).encode()), 8L << 40);
      assertThat(RecordScan.read(channel))
          .isEqualTo(new Reading.Unreadable("it is no Chronicle Map"));
    }
  }

  private void append(Envelope envelope) {
    file.writeBytes(envelope.encode());
  }

  private Contents contents() throws IOException {
    return ((Reading.Found) read()).contents();
  }

  private Map<String, String> records() throws IOException {
    Map<String, String> records = new HashMap<>();
    contents().records().forEach((key, payload) -> records.put(key, new String(payload, UTF_8)));
    return records;
  }

  private Reading read() throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, file.toByteArray());
    try (FileChannel channel = FileChannel.open(path)) {
      return RecordScan.read(channel);
    }
  }

  private static Envelope value(long sequence, String key, String payload, Census census) {
    return envelope(Kind.VALUE, sequence, key, payload, census);
  }

  private static Envelope envelope(
      Kind kind, long sequence, String key, String payload, Census census) {
    return new Envelope(kind, sequence, census, key, bytes(payload));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Census census(String key, long sequence) {
    return Census.EMPTY.with(key, sequence);
  }
}
