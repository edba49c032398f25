/**
 * Which director and bucket a request belongs to: trusted tag, route rules (Undertow predicates),
 * root. [io]
 */
@NullMarked
package dev.usher.sidecar.classify;

import org.jspecify.annotations.NullMarked;
