package dev.usher.sidecar.store.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One version of a record, or a note about several, as it stands in the file: big-endian,
 *
 * <pre>
 *  0  6  magic: F5 'Ushr' F8, which no text in UTF-8 holds
 *  6  2  format version
 *  8  4  CRC32C of the bytes before; up to here the same in all versions
 * 12  1  kind
 * 13  1  0
 * 14  2  bytes of the key
 * 16  8  sequence number: each version in a file has a higher one than those before it
 * 24  8  census after it: digest
 * 32  4  census after it: records
 * 36  4  bytes of the payload
 * 40  4  CRC32C of the payload
 * 44  4  CRC32C of the bytes before and of the key
 * 48     key in UTF-8, payload
 * </pre>
 */
public final class Envelope {
  static final byte[] MAGIC = {(byte) 0xf5, 'U', 's', 'h', 'r', (byte) 0xf8};
  static final int VERSION = 2;

  private static final int VERSION_AT = 6;
  private static final int PREFIX_CHECKSUM_AT = 8;
  private static final int PREFIX_BYTES = 12;
  private static final int HEADING_CHECKSUM_AT = 44;
  private static final int FIXED_BYTES = 48;

  private final Kind kind;
  private final long sequence;
  private final Census census;
  private final String key;
  private final byte[] payload;

  public Envelope(Kind kind, long sequence, Census census, String key, byte[] payload) {
    this.kind = kind;
    this.sequence = sequence;
    this.census = census;
    this.key = key;
    this.payload = payload;
  }

  Kind kind() {
    return kind;
  }

  long sequence() {
    return sequence;
  }

  Census census() {
    return census;
  }

  String key() {
    return key;
  }

  byte[] payload() {
    return payload;
  }

  long bytes() {
    return bytes(key.getBytes(StandardCharsets.UTF_8).length, payload.length);
  }

  /** Bytes of an envelope around such a key and payload. */
  public static long bytes(int keyBytes, long payloadBytes) {
    return FIXED_BYTES + keyBytes + payloadBytes;
  }

  public byte[] encode() {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(bytes(name.length, payload.length)))
            .put(MAGIC)
            .putShort((short) VERSION)
            .putInt(0)
            .put(kind.code())
            .put((byte) 0)
            .putShort((short) name.length)
            .putLong(sequence)
            .putLong(census.digest())
            .putInt(census.records())
            .putInt(payload.length)
            .putInt(checksum(payload))
            .putInt(0)
            .put(name)
            .put(payload);
    bytes.putInt(PREFIX_CHECKSUM_AT, prefixChecksum(bytes));
    bytes.putInt(HEADING_CHECKSUM_AT, headingChecksum(bytes, name));
    return bytes.array();
  }

  /** What stands at {@code position}, where {@link #MAGIC} was seen. */
  static Decoded decode(Bytes bytes, long position) throws IOException {
    ByteBuffer fixed = copy(bytes.at(position, FIXED_BYTES));
    if (fixed.remaining() < PREFIX_BYTES) {
      return new Decoded.Damaged("cut off within the prefix", null);
    }
    if (fixed.getInt(PREFIX_CHECKSUM_AT) != prefixChecksum(fixed)) {
      return new Decoded.Damaged("the prefix has another checksum", null);
    }
    int version = Short.toUnsignedInt(fixed.getShort(VERSION_AT));
    if (version > VERSION) {
      return new Decoded.Newer(version);
    }
    if (fixed.remaining() < FIXED_BYTES) {
      return new Decoded.Damaged("cut off within the heading", null);
    }
    byte[] key = array(bytes.at(position + FIXED_BYTES, Short.toUnsignedInt(fixed.getShort(14))));
    Kind kind = Kind.of(fixed.get(12));
    if (fixed.getInt(HEADING_CHECKSUM_AT) != headingChecksum(fixed, key) || kind == null) {
      return new Decoded.Damaged("the heading has another checksum", null);
    }
    return withPayload(bytes, position + FIXED_BYTES + key.length, heading(kind, key, fixed));
  }

  private static Heading heading(Kind kind, byte[] key, ByteBuffer fixed) {
    return new Heading(
        kind,
        new String(key, StandardCharsets.UTF_8),
        fixed.getLong(16),
        new Census(fixed.getInt(32), fixed.getLong(24)),
        fixed.getInt(36),
        fixed.getInt(40));
  }

  private static Decoded withPayload(Bytes bytes, long position, Heading heading)
      throws IOException {
    if (heading.payloadBytes() < 0 || heading.payloadBytes() > Change.MAX_PAYLOAD_BYTES) {
      return new Decoded.Damaged("the payload has a length that none can have", heading);
    }
    byte[] payload = array(bytes.at(position, heading.payloadBytes()));
    if (payload.length < heading.payloadBytes()) {
      return new Decoded.Damaged("cut off within the payload", heading);
    }
    if (checksum(payload) != heading.payloadChecksum()) {
      return new Decoded.Damaged("the payload has another checksum", heading);
    }
    return new Decoded.Whole(
        new Envelope(heading.kind(), heading.sequence(), heading.census(), heading.key(), payload));
  }

  private static int prefixChecksum(ByteBuffer bytes) {
    return checksum(bytes.slice(0, PREFIX_CHECKSUM_AT));
  }

  private static int headingChecksum(ByteBuffer bytes, byte[] key) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, HEADING_CHECKSUM_AT));
    crc.update(key);
    return (int) crc.getValue();
  }

  private static int checksum(byte[] bytes) {
    return checksum(ByteBuffer.wrap(bytes));
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.wrap(array(bytes));
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return array;
  }
}
