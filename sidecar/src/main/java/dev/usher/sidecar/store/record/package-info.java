/**
 * The bytes of a record file: the envelope around each version of a record, and the scan that finds
 * whole envelopes among any bytes, be they torn, damaged or foreign. Knows files, but no Chronicle
 * Map and no thread; called by the store thread [p] and by the inspector.
 */
@NullMarked
package dev.usher.sidecar.store.record;

import org.jspecify.annotations.NullMarked;
