package dev.usher.it.harness;

/** Configurations of the tests. */
public final class Configs {
  /** How many directors one process can be given by {@link Stage}, one for each test. */
  static final int POOL = 60;

  private static final String PINNED =
      "  - {when: \"path-prefix('/d%d') and exists(%%{i,X-Backend})\", director: d%d,"
          + " backend: \"%%{i,X-Backend}\"}\n";
  private static final String PLAIN = "  - {when: \"path-prefix('/d%d')\", director: d%d}\n";

  private Configs() {}

  /**
   * Free ports, tags trusted from loopback, and routes {@code /d0} to {@code /d59} to directors of
   * those names, which tests create through the API. {@code X-Backend} pins a request.
   */
  public static String pool() {
    return pool("127.0.0.0/8");
  }

  /** The same, with tags trusted from another network. */
  public static String pool(String trusted) {
    StringBuilder yaml = new StringBuilder(ports());
    yaml.append("trust-tags-from: [").append(trusted).append("]\nroutes:\n");
    for (int i = 0; i < POOL; i++) {
      yaml.append(PINNED.formatted(i, i)).append(PLAIN.formatted(i, i));
    }
    return yaml.toString();
  }

  /** A listener and the admin API, both on free ports. */
  public static String ports() {
    return """
        listeners: [{address: 127.0.0.1, port: 0}]
        admin: {address: 127.0.0.1, port: 0}
        """;
  }
}
