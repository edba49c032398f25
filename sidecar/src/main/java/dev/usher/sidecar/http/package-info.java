/**
 * The pipeline of a request: guard, classify, park, ask, forward, release; one table from outcome
 * to status ({@link dev.usher.sidecar.http.Refusal}). Undertow's listeners call it on the
 * connection's IO thread; a director may answer on any thread, and the answer comes back to the IO
 * thread first. [io]
 */
@NullMarked
package dev.usher.sidecar.http;

import org.jspecify.annotations.NullMarked;
