package dev.usher.sidecar.director.admission;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks of a director.
 *
 * @param bucket the bucket's name; null is the root; a name that the director does not have counts
 *     as unknown and is the root too
 * @param pinnedBackend the backend to go to, past the shaper and never queued; null is any
 * @param requester told once what became of it
 */
public record Ask(@Nullable String bucket, @Nullable String pinnedBackend, Requester requester) {}
