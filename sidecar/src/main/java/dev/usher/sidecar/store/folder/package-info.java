/**
 * The data folder: who holds it, and the names of what is in it. Called by the store thread [p];
 * knows nothing of what files hold.
 */
@NullMarked
package dev.usher.sidecar.store.folder;

import org.jspecify.annotations.NullMarked;
