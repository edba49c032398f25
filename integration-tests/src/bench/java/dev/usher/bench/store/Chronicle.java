package dev.usher.bench.store;

/** What the executable jar's manifest grants, said again for the forks. */
final class Chronicle {
  static final String OPENS_LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
  static final String OPENS_REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
  static final String EXPORTS_CH = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";
  static final String EXPORTS_REF = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";

  private Chronicle() {}
}
