package dev.usher.bucket;

import java.util.regex.Pattern;

/**
 * What a bucket may be called: 1 to 64 letters, digits, '-', '_' and '.', but neither '.' nor '..',
 * which no path of a URL can hold.
 */
public final class BucketName {
  public static final String WANTED =
      "1 to 64 letters, digits, '-', '_' or '.' (and not . or .. alone)";

  /** The bucket of untagged requests; every director has it and none may define it. */
  public static final String ROOT = "root";

  private static final Pattern SYNTAX = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

  private BucketName() {}

  public static boolean isValid(String name) {
    return SYNTAX.matcher(name).matches();
  }
}
