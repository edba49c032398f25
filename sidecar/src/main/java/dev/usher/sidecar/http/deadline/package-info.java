/**
 * Until when a request is of use to its client: read from its fields and from the director's
 * request-timeout, and told to the backend. Called by the pipeline. [io]
 */
@NullMarked
package dev.usher.sidecar.http.deadline;

import org.jspecify.annotations.NullMarked;
