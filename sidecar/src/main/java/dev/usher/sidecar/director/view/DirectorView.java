package dev.usher.sidecar.director.view;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.RatePerSecond;
import dev.usher.sidecar.stats.Retries;
import java.util.List;

/**
 * A director and its state, read at one moment by any thread without stopping the director.
 *
 * @param capacity tokens of the root
 * @param load requests at backends, pinned ones included
 * @param queued waiters of all buckets
 * @param dropped 503 and 504 that the director made
 * @param unknownBucket requests whose tag named no bucket
 * @param retries what became of failed attempts
 * @param deadlineExceeded requests that ended at their deadline, in the queue or at a backend
 * @param requestsPerSecond requests that went to a backend, pinned ones included; each attempt is
 *     one
 * @param shaper the root bucket
 */
public record DirectorView(
    Definition definition,
    int capacity,
    Level load,
    Level queued,
    long dropped,
    long unknownBucket,
    Retries retries,
    long deadlineExceeded,
    RatePerSecond requestsPerSecond,
    BucketView shaper,
    List<BackendView> backends) {
  public DirectorSpec spec() {
    return definition.spec();
  }

  public long version() {
    return definition.version();
  }
}
