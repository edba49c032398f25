package dev.usher.sidecar.store;

import dev.usher.sidecar.store.file.FileChanged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record file in memory that fails when it is told to. */
final class FakeRecords implements Records {
  final Map<String, byte[]> values = new HashMap<>();
  int forced;
  int written;
  boolean failsToWrite;
  boolean failsToForce;
  boolean runsOutOfMemory;
  boolean inPlace = true;

  /** Whether somebody else has written to the file. */
  boolean changed;

  /** Which writes, counted from 1, are made although they fail. */
  final Set<Integer> tornWrites = new HashSet<>();

  @Override
  public void write(Map<String, byte @Nullable []> changes) throws IOException {
    if (failsToWrite) {
      throw new IOException("No space left on device");
    }
    if (changed) {
      throw new FileChanged(Path.of("directors.chm"), "it is empty");
    }
    if (runsOutOfMemory) {
      throw new OutOfMemoryError("Java heap space");
    }
    written++;
    changes.forEach(
        (key, value) -> {
          if (value == null) {
            values.remove(key);
          } else {
            values.put(key, value);
          }
        });
    if (tornWrites.contains(written)) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public void force() throws IOException {
    if (failsToForce) {
      throw new IOException("Input/output error");
    }
    forced++;
    inPlace = true;
  }

  @Override
  public boolean isInPlace() {
    return inPlace;
  }

  @Override
  public void renew(Map<String, byte[]> all) {
    changed = false;
    values.clear();
    values.putAll(all);
  }
}
