package dev.usher.sidecar.admin.amend;

import dev.usher.sidecar.director.Endpoint;
import org.jspecify.annotations.Nullable;

/** What is in force when a change is begun. */
public interface Present {
  /** The director as it is, or is not. */
  Draft draft(String director);

  /** The name of the director that answers for a host and port; null when none does. */
  @Nullable String ownerOf(Endpoint endpoint);
}
