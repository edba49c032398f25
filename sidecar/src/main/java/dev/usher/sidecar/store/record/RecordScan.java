package dev.usher.sidecar.store.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads a record file as plain bytes, whatever they are: looks for envelopes everywhere and trusts
 * their checksums, nothing else. It needs no index, so no damage to one loses a record, and it maps
 * nothing, so no damage can end the process.
 */
public final class RecordScan {
  private static final int STEP_BYTES = 1 << 16;
  private static final int LIVE_PASSES = 20;

  /** After so many passes that found nothing new the file is not being written, but damaged. */
  private static final int IDLE_PASSES = 2;

  /**
   * In a file of ours there is a record long before. One without, and without the header of a
   * Chronicle Map, may be of any size and is not read to its end.
   */
  private static final long FOREIGN_BYTES = 256L << 20;

  /** What a Chronicle Map's file has at this offset. */
  private static final byte[] CHRONICLE =
      "!net.openhft.chronicle.map.".getBytes(StandardCharsets.US_ASCII);

  private static final int CHRONICLE_AT = 12;

  private final FileBytes bytes;
  private final Harvest harvest = new Harvest();
  private boolean chronicleMap;

  private RecordScan(FileChannel channel) {
    this.bytes = new FileBytes(channel);
  }

  /** Reads a file that nobody writes meanwhile. */
  public static Reading read(FileChannel channel) throws IOException {
    return new RecordScan(channel).read(1);
  }

  /**
   * Reads a file that another process may be writing: again until all fits together. A file
   * replaced meanwhile is read as it was.
   */
  public static Reading readLive(FileChannel channel) throws IOException {
    return new RecordScan(channel).read(LIVE_PASSES);
  }

  private Reading read(int passes) throws IOException {
    int idle = 0;
    for (int pass = 0; pass < passes && idle < IDLE_PASSES; pass++) {
      long before = harvest.versions();
      int newer = scan();
      if (newer > 0) {
        return new Reading.TooNew(newer);
      }
      if (harvest.isWhole()) {
        break;
      }
      // What one pass missed because it moved, the next one finds: versions only add up.
      idle = harvest.versions() == before ? idle + 1 : 0;
    }
    return harvest.isEmpty()
        ? new Reading.Unreadable(why())
        : new Reading.Found(harvest.contents());
  }

  /** Returns the version of an envelope that is newer than ours, else 0. */
  private int scan() throws IOException {
    bytes.refresh();
    chronicleMap = bytes.at(CHRONICLE_AT, CHRONICLE.length).equals(ByteBuffer.wrap(CHRONICLE));
    long position = find(0);
    while (position >= 0) {
      Decoded decoded = Envelope.decode(bytes, position);
      long step = 1;
      if (decoded instanceof Decoded.Whole whole) {
        harvest.add(whole.envelope());
        step = whole.envelope().bytes();
      } else if (decoded instanceof Decoded.Damaged damaged && damaged.heading() != null) {
        harvest.addDamaged(damaged.heading());
      } else if (decoded instanceof Decoded.Newer newer) {
        return newer.version();
      }
      position = find(position + step);
    }
    return 0;
  }

  /** Where the next magic begins, or -1. */
  private long find(long from) throws IOException {
    long position = from;
    while (true) {
      ByteBuffer step = bytes.at(position, STEP_BYTES);
      int last = step.remaining() - Envelope.MAGIC.length;
      if (last < 0) {
        return -1;
      }
      for (int i = 0; i <= last; i++) {
        if (step.get(i) == Envelope.MAGIC[0] && isMagic(step, i)) {
          return position + i;
        }
        if (i + Long.BYTES <= last && step.getLong(i) == 0) {
          i += Long.BYTES - 1; // Most of a file is empty.
        }
      }
      position += last + 1;
      if (position > FOREIGN_BYTES && harvest.isEmpty() && !chronicleMap) {
        return -1;
      }
    }
  }

  private static boolean isMagic(ByteBuffer bytes, int at) {
    for (int i = 1; i < Envelope.MAGIC.length; i++) {
      if (bytes.get(at + i) != Envelope.MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private String why() throws IOException {
    if (!bytes.at(0, 1).hasRemaining()) {
      return "it is empty";
    }
    return chronicleMap
        ? "it is a Chronicle Map, but holds no whole record of Usher"
        : "it is no Chronicle Map";
  }
}
