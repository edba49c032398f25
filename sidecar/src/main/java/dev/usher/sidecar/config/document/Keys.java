package dev.usher.sidecar.config.document;

/** Full paths of keys. */
final class Keys {
  private Keys() {}

  /** {@code admin.port}; names of the input are made printable. */
  static String under(String path, String key) {
    String printable = Printable.of(key);
    return path.isEmpty() ? printable : path + "." + printable;
  }

  /** {@code routes[0]}. */
  static String item(String path, int index) {
    return path + "[" + index + "]";
  }
}
