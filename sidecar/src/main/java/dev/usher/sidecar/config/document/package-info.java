/**
 * One shape for YAML and JSON: a tree of values that know their line, and typed accessors that
 * collect every fault instead of stopping at the first. Called by the readers of the configuration
 * [any], never on an IO thread.
 */
@NullMarked
package dev.usher.sidecar.config.document;

import org.jspecify.annotations.NullMarked;
