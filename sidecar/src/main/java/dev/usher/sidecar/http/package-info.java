/**
 * The pipeline of a request: classify, admit, forward, release; one table from outcome to status.
 * [io]
 */
@NullMarked
package dev.usher.sidecar.http;

import org.jspecify.annotations.NullMarked;
