package dev.usher.sidecar.director.core;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import org.jspecify.annotations.Nullable;

/** A request and what {@link DirectorModel} knows of it. */
final class ModelRequest {
  final Asked asked;

  /** Older ones have smaller numbers. */
  final int order;

  final @Nullable String tag;
  final boolean pinned;

  /** The bucket where it waits or holds tokens. */
  String place = BucketName.ROOT;

  int cost;
  int attempts;
  boolean asksAgain;
  int answers;
  int revocations;
  boolean wasReset;
  @Nullable ModelSlot avoid;

  /** Where it runs, and what was known of that backend's health when it was granted. */
  @Nullable ModelSlot slot;

  int epoch;

  /** What is left of its queue-timeout; valid once it has waited. */
  long budgetNanos;

  boolean hasWaited;
  long waitsSinceNanos;
  long heardNanos;

  ModelRequest(Asked asked, int order, @Nullable String tag, boolean pinned, DirectorKit kit) {
    this.asked = asked;
    this.order = order;
    this.tag = tag;
    this.pinned = pinned;
    this.heardNanos = kit.time.nanos();
    asked.whenHeard = () -> heardNanos = kit.time.nanos();
  }
}
