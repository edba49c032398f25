package dev.usher.sidecar.store.folder;

import java.io.IOException;
import java.nio.file.Path;

/** Another sidecar holds the data folder. */
public final class FolderInUse extends IOException {
  private static final long serialVersionUID = 1;

  private final long pid;

  FolderInUse(Path folder, long pid) {
    super(
        "data folder %s is in use by %s"
            .formatted(folder, pid > 0 ? "process " + pid : "another process"));
    this.pid = pid;
  }

  /** Whose it is; 0 if that is not known. */
  public long pid() {
    return pid;
  }
}
