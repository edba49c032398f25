package dev.usher.sidecar.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody else has written to a record file while it was in use: it can only be renewed. */
public final class FileChanged extends IOException {
  private static final long serialVersionUID = 1;

  public FileChanged(Path path, String how) {
    super("%s was changed by somebody else: %s".formatted(path, how));
  }
}
