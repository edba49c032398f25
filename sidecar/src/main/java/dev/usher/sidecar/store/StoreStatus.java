package dev.usher.sidecar.store;

import org.jspecify.annotations.Nullable;

/**
 * How the store is.
 *
 * @param kept changes that were kept since start
 * @param failed changes that could not be
 * @param failure why the last attempt to write failed; null when it did not
 */
public record StoreStatus(long kept, long failed, @Nullable String failure) {
  public boolean isWell() {
    return failure == null;
  }
}
