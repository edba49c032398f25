package dev.usher.sidecar.classify;

import dev.usher.bucket.BucketName;

/** Names of buckets and backends that come from requests. */
final class Names {
  private static final int LONGEST = 64;

  private Names() {}

  /** The name itself, or what stands for it when nothing can be called so. */
  static String safe(String name) {
    return BucketName.isValid(name) ? name : impossible(name);
  }

  /**
   * Something like {@code name} that is no valid name: at most 65 seen ASCII characters, the last a
   * question mark; fit for a log or an answer.
   */
  static String impossible(String name) {
    int length = Math.min(name.length(), LONGEST);
    StringBuilder safe = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      boolean kept = c < 0x7f && (Character.isLetterOrDigit(c) || "._-,".indexOf(c) >= 0);
      safe.append(kept ? c : '?');
    }
    return safe.append('?').toString();
  }
}
