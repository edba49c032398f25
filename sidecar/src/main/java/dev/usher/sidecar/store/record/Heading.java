package dev.usher.sidecar.store.record;

/**
 * What an envelope says before its payload; has a checksum of its own, so that a damaged payload
 * still has a name.
 */
record Heading(
    Kind kind, String key, long sequence, Census census, int payloadBytes, int payloadChecksum) {}
