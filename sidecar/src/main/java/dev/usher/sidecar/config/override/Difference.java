package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A field in which two specifications of a director differ. A backend or bucket that only one of
 * them has is one field, with what is below it.
 *
 * @param field its path, such as {@code queue-limit}, {@code health-check.interval}, {@code
 *     backends.app01.capacity} or {@code buckets.main.buckets.upload.rate}; a bucket that stands
 *     elsewhere differs in {@code parent}
 * @param before null when it is not there
 * @param after likewise
 */
public record Difference(String field, @Nullable JsonNode before, @Nullable JsonNode after) {}
