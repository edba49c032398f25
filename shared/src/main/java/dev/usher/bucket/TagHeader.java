package dev.usher.bucket;

/** The header field that carries a request's bucket from the client to the sidecar. */
public final class TagHeader {
  public static final String NAME = "X-Director-Bucket";

  private TagHeader() {}
}
