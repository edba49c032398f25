package dev.usher.sidecar.store.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final Census CENSUS = new Census(7, 0x1122334455667788L);

  /** Format version 1, the same but for this number; these bytes must be readable for ever. */
  private static final String GOLDEN_1 = golden("f555736872f80001", "c3b11f86", "04955e9a");

  private static final String GOLDEN_2 = golden("f555736872f80002", "d0e1ec72", "04d5fab4");

  private static String golden(String prefix, String itsChecksum, String checksumOfTheHeading) {
    return prefix // magic, version
        + itsChecksum
        + "01000003" // a value, a key of 3 bytes
        + "0000000000000029" // sequence number
        + "112233445566778800000007" // census
        + "00000004" // a payload of 4 bytes
        + "ba4357ff" // its checksum
        + checksumOfTheHeading
        + "617070" // app
        + "7b22617d"; // payload
  }

  static List<String> everWritten() {
    return List.of(GOLDEN_1, GOLDEN_2);
  }

  @ParameterizedTest
  @MethodSource("everWritten")
  void what_was_ever_written_can_be_read(String golden) throws IOException {
    Envelope envelope = whole(HexFormat.of().parseHex(golden));
    assertThat(envelope.kind()).isEqualTo(Kind.VALUE);
    assertThat(envelope.key()).isEqualTo("app");
    assertThat(envelope.sequence()).isEqualTo(41);
    assertThat(envelope.census()).isEqualTo(CENSUS);
    assertThat(envelope.payload()).asString(UTF_8).isEqualTo("{\"a}");
    assertThat(HexFormat.of().formatHex(envelope.encode())).isEqualTo(GOLDEN_2);
  }

  @ParameterizedTest(name = "a {0} of {2} bytes under a key of {1}")
  @CsvSource({
    "VALUE, 1, 0",
    "VALUE, 20, 2048",
    "VALUE, 4096, 1000000",
    "TOMBSTONE, 20, 0",
    "BATCH, 0, 5000",
    "WITNESS, 0, 32",
  })
  void reads_what_it_has_written(Kind kind, int keyBytes, int payloadBytes) throws IOException {
    byte[] payload = new byte[payloadBytes];
    Arrays.fill(payload, (byte) 0xf5);
    Envelope envelope = new Envelope(kind, Long.MAX_VALUE, CENSUS, "k".repeat(keyBytes), payload);
    byte[] bytes = envelope.encode();
    assertThat(bytes).hasSize((int) envelope.bytes());
    Envelope again = whole(bytes);
    assertThat(again.kind()).isEqualTo(kind);
    assertThat(again.key()).hasSize(keyBytes);
    assertThat(again.sequence()).isEqualTo(Long.MAX_VALUE);
    assertThat(again.census()).isEqualTo(CENSUS);
    assertThat(Arrays.equals(again.payload(), payload)).isTrue();
  }

  @Test
  void no_flipped_bit_goes_unnoticed() throws IOException {
    byte[] bytes =
        new Envelope(Kind.VALUE, 9, CENSUS, "app", "{\"a\": 1}".getBytes(UTF_8)).encode();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(decode(flipped)).as("bit %d", bit).isInstanceOf(Decoded.Damaged.class);
    }
  }

  @Test
  void whatever_is_cut_off_is_missed() throws IOException {
    byte[] bytes =
        new Envelope(Kind.VALUE, 9, CENSUS, "app", "{\"a\": 1}".getBytes(UTF_8)).encode();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(decode(Arrays.copyOf(bytes, length)))
          .as("%d bytes", length)
          .isInstanceOf(Decoded.Damaged.class);
    }
  }

  @Test
  void a_damaged_payload_still_has_a_name() throws IOException {
    byte[] bytes = new Envelope(Kind.VALUE, 9, CENSUS, "app", new byte[100]).encode();
    bytes[bytes.length - 1]++;
    assertThat(decode(bytes))
        .extracting("heading.key", "heading.sequence")
        .containsExactly("app", 9L);
  }

  @ParameterizedTest(name = "version {0}")
  @ValueSource(ints = {3, 4, 65_535})
  void a_newer_version_is_told_from_damage(int version) throws IOException {
    byte[] bytes = Arrays.copyOf(Newer.envelope(version), 12);
    assertThat(decode(bytes)).isEqualTo(new Decoded.Newer(version));
    bytes[7] ^= 8;
    assertThat(decode(bytes)).isInstanceOf(Decoded.Damaged.class);
  }

  @Test
  void a_batch_holds_puts_and_removals_in_order() {
    List<Change> changes =
        List.of(
            Change.put("a", new byte[] {1, 2}), Change.remove("bü"), Change.put("c", new byte[0]));
    byte[] payload = Batch.encode(changes);
    assertThat((long) payload.length).isEqualTo(Batch.encodedBytes(changes));
    assertThat(Batch.decode(payload)).usingRecursiveComparison().isEqualTo(changes);
  }

  @Test
  void a_key_is_text_of_some_length() {
    assertThatThrownBy(() -> Change.remove(""))
        .hasMessageContaining("want 1 to 4096 bytes in UTF-8, got 0");
    assertThatThrownBy(() -> Change.remove("k".repeat(4097))).hasMessageContaining("got 4097");
    assertThatThrownBy(() -> Change.remove("\ud800")).hasMessageContaining("surrogate");
    assertThat(Change.remove("k".repeat(4096)).payload()).isNull();
  }

  private static Envelope whole(byte[] bytes) throws IOException {
    return ((Decoded.Whole) decode(bytes)).envelope();
  }

  private static Decoded decode(byte[] bytes) throws IOException {
    return Envelope.decode(
        (position, length) -> {
          int from = (int) Math.min(position, bytes.length);
          return ByteBuffer.wrap(bytes).slice(from, Math.min(length, bytes.length - from));
        },
        0);
  }
}
