package dev.usher.it.harness;

/** Configurations of the tests. */
public final class Configs {
  /** How many directors one process can be given by {@link Stage}, one for each test. */
  static final int POOL = 60;

  private Configs() {}

  /**
   * Free ports, tags trusted from loopback, and routes {@code /d0} to {@code /d59} to empty
   * directors of those names, which tests replace. {@code X-Backend} pins a request.
   */
  public static String pool() {
    return pool("127.0.0.0/8");
  }

  /** The same, with tags trusted from another network. */
  public static String pool(String trusted) {
    return pool(trusted, "", "");
  }

  /** The same with more routes and directors behind it. */
  public static String pool(String trusted, String moreRoutes, String moreDirectors) {
    StringBuilder routes = new StringBuilder("routes:\n");
    StringBuilder directors = new StringBuilder("directors:\n");
    for (int i = 0; i < POOL; i++) {
      routes.append(
          """
            - {when: "path-prefix('/d%d') and exists(%%{i,X-Backend})", director: d%d, backend: "%%{i,X-Backend}"}
            - {when: "path-prefix('/d%d')", director: d%d}
          """
              .formatted(i, i, i, i));
      directors.append("  d%d: {}\n".formatted(i));
    }
    return "%strust-tags-from: [%s]\n%s%s%s%s"
        .formatted(ports(), trusted, routes, moreRoutes, directors, moreDirectors);
  }

  /** A listener and the admin API, both on free ports. */
  public static String ports() {
    return """
        listeners: [{address: 127.0.0.1, port: 0}]
        admin: {address: 127.0.0.1, port: 0}
        """;
  }
}
