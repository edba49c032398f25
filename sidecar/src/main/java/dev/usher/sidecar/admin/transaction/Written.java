package dev.usher.sidecar.admin.transaction;

import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.web.ApiError;
import org.jspecify.annotations.Nullable;

/** A change of a transaction as it was read. */
sealed interface Written {
  /** It can be made or not, depending on what is there. */
  record Understood(String director, Amendment amendment) implements Written {}

  /**
   * It is wrong in itself.
   *
   * @param director null when not even that can be told
   * @param needsDirector whether it would have been wrong without the director as well
   */
  record Misread(@Nullable String director, boolean needsDirector, ApiError error)
      implements Written {}
}
