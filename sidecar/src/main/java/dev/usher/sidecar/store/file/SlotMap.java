package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.folder.Owner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * A Chronicle Map that this process has made: the only class that touches one. A file that was
 * found is never mapped, since damage in it can make Chronicle spin or extend the file without
 * bounds. [p]
 *
 * <p>After any exception but one that says so the map may be inconsistent: to be closed and made
 * anew.
 */
final class SlotMap implements Closeable {
  private static final String SETTINGS = "system.properties";
  private static final int COPY_BYTES = 1 << 20;

  static {
    // Chronicle reads its settings from system properties, and those from a resource of this name,
    // else from a file in the working directory, which nobody would expect.
    if (System.getProperty(SETTINGS) == null) {
      System.setProperty(SETTINGS, "dev/usher/sidecar/store/file/chronicle.properties");
    }
  }

  private final ChronicleMap<byte[], byte[]> map;
  private final FileChannel channel;
  private final long bytes;

  private SlotMap(ChronicleMap<byte[], byte[]> map, FileChannel channel) throws IOException {
    this.map = map;
    this.channel = channel;
    this.bytes = channel.size();
  }

  /**
   * Makes a new file. All of its blocks are written before it is mapped: a full disk is an
   * exception here, while in a mapped file with holes it would be a fault at any later store.
   */
  static SlotMap create(Path path, Sizing sizing) throws IOException {
    Files.createFile(path, Owner.file(path));
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < sizing.bytes()) {
      throw new IOException(
          "no space left on device: want %d bytes, %d are free".formatted(sizing.bytes(), free));
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean made = false;
    try {
      map(path, sizing).close();
      fillHoles(channel);
      SlotMap map = new SlotMap(map(path, sizing), channel);
      made = true;
      return map;
    } finally {
      if (!made) {
        channel.close();
      }
    }
  }

  private static ChronicleMap<byte[], byte[]> map(Path path, Sizing sizing) throws IOException {
    try {
      return ChronicleMapBuilder.of(byte[].class, byte[].class)
          .name(path.getFileName().toString())
          .actualSegments(1)
          .entriesPerSegment(sizing.entries())
          .actualChunkSize(Sizing.CHUNK_BYTES)
          .actualChunksPerSegmentTier(sizing.chunks())
          .allowSegmentTiering(false)
          .putReturnsNull(true)
          .removeReturnsNull(true)
          .skipCloseOnExitHook(true)
          .createPersistedTo(path.toFile());
    } catch (RuntimeException | InternalError | LinkageError e) {
      throw new IOException("cannot make a Chronicle Map: " + e, e);
    }
  }

  private static void fillHoles(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(COPY_BYTES);
    long position = 0;
    while (channel.read(bytes.clear(), position) > 0) {
      bytes.flip();
      while (bytes.hasRemaining()) {
        position += channel.write(bytes, position);
      }
    }
  }

  /**
   * A file that somebody has cut short would end the process at the next access to what is mapped.
   * It gets its length again, though not what was there.
   *
   * @throws IOException if it was cut short
   */
  void checkLength() throws IOException {
    long left = channel.size();
    if (left < bytes) {
      channel.write(ByteBuffer.allocate(1), bytes - 1);
      throw new IOException("somebody has cut it from %d to %d bytes".formatted(bytes, left));
    }
  }

  void put(byte[] slot, byte[] envelope) throws IOException {
    try {
      map.put(slot, envelope);
    } catch (RuntimeException | InternalError e) {
      throw new IOException("cannot write to the Chronicle Map: " + e, e);
    }
  }

  void remove(byte[] slot) throws IOException {
    try {
      map.remove(slot);
    } catch (RuntimeException | InternalError e) {
      throw new IOException("cannot write to the Chronicle Map: " + e, e);
    }
  }

  /** Waits until all that was put is on the disk. */
  void force() throws IOException {
    channel.force(false);
  }

  /** The file, to be read. */
  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      map.close();
    } catch (RuntimeException | InternalError e) {
      throw new IOException("cannot close the Chronicle Map: " + e, e);
    }
  }
}
