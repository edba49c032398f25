/**
 * What a director was made at runtime besides what the configuration file says of it: which fields
 * differ, and what becomes of them when the file changes. Pure functions of specifications, called
 * at start and by the admin API [w].
 */
@NullMarked
package dev.usher.sidecar.config.override;

import org.jspecify.annotations.NullMarked;
