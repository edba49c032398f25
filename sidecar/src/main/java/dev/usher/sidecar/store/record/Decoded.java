package dev.usher.sidecar.store.record;

import org.jspecify.annotations.Nullable;

/** What stands where an envelope begins, or seems to. */
sealed interface Decoded {
  record Whole(Envelope envelope) implements Decoded {}

  /**
   * Torn, damaged or overwritten in part, or bytes that only look like a beginning.
   *
   * @param heading if that much is whole
   */
  record Damaged(String why, @Nullable Heading heading) implements Decoded {}

  /** Written by a later version, which says so under a checksum: this is no damage. */
  record Newer(int version) implements Decoded {}
}
