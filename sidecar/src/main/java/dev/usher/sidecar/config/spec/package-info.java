/**
 * Directors, backends and buckets from a document, whether YAML or JSON, and what is refused
 * because this version cannot do it. Called by the readers of the configuration [any].
 */
@NullMarked
package dev.usher.sidecar.config.spec;

import org.jspecify.annotations.NullMarked;
