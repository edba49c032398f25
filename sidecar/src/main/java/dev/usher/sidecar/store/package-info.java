/**
 * Keeps directors beyond the end of the process, in Chronicle Map files of one folder: definitions
 * before a change is in force, memories (counters, histories, health) once a second. The heap is
 * the truth; one thread, the store's, reads and writes the files [p], and nobody waits for it but
 * who wants to know that a change is kept.
 */
@NullMarked
package dev.usher.sidecar.store;

import org.jspecify.annotations.NullMarked;
