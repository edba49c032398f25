/**
 * Backends as the director sees them: role, capacity, load, enabled, health. They publish changes
 * to listeners and know neither directors nor shapers. [S]
 */
@NullMarked
package dev.usher.sidecar.backend;

import org.jspecify.annotations.NullMarked;
