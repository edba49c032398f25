package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.UsherConfig;
import java.io.IOException;

/** Starts a sidecar in this JVM; the composition root implements it. */
@FunctionalInterface
public interface SidecarLauncher {

  /**
   * Returns when every listener accepts.
   *
   * @throws StartFailed with a message for the user, such as an address that is in use; nothing is
   *     left running
   */
  RunningSidecar launch(UsherConfig config) throws IOException;
}
