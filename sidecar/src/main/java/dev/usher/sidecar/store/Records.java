package dev.usher.sidecar.store;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of values by key. [p] */
interface Records {
  /**
   * Puts values, null taking a key away: all of them or none, also over a {@code kill -9}.
   *
   * @throws IOException all of it was written or nothing, which of the two is not known; {@link
   *     dev.usher.sidecar.store.file.FileChanged} if only {@link #renew} helps
   */
  void write(Map<String, byte @Nullable []> changes) throws IOException;

  /** Makes what was written survive a crash of the machine. */
  void force() throws IOException;

  /** Whether the file is where it should be; if not, a {@link #force} makes it anew. */
  boolean isInPlace();

  /** Begins anew, with {@code values} only, when the file was changed by somebody else. */
  void renew(Map<String, byte[]> values) throws IOException;
}
