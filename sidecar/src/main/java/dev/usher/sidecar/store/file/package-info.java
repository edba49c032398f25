/**
 * Record files on the disk: one Chronicle Map each, in a folder that one process holds. The only
 * package that knows Chronicle Map. All of it belongs to the store thread [p]; reading a copy is
 * for any thread of any process.
 */
@NullMarked
package dev.usher.sidecar.store.file;

import org.jspecify.annotations.NullMarked;
