package dev.usher.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Usher as shipped.
 *
 * @param capacity of each backend
 * @param buckets their YAML, or empty for the root alone
 * @param script tags the requests
 */
record UsherProxy(String name, LoadOptions options, int capacity, String buckets, String script)
    implements Candidate {
  private static final int NEVER_FULL = 10_000;

  /** A capacity that no connection ever waits for. */
  static UsherProxy open(LoadOptions options) {
    return new UsherProxy("usher", options, NEVER_FULL, "", "");
  }

  /** Half of the connections are always in a queue, in one of four buckets. */
  static UsherProxy shaped(LoadOptions options) {
    return new UsherProxy(
        "usher-shaped",
        options,
        Math.max(1, options.connections() / 2 / Origins.COUNT),
        """
            buckets:
              vip: {rate: 20%, ceil: 50%}
              main: {rate: 30%}
              upload: {rate: 10%, ceil: 60%}
              jail: {rate: 1t, ceil: 20t}
        """,
        """
        local tags = {"vip", "main", "upload", "jail"}
        local turn = 0
        function request()
          turn = turn % 4 + 1
          wrk.headers["X-Director-Bucket"] = tags[turn]
          return wrk.format()
        end
        """);
  }

  @Override
  public boolean wantsWarmUp() {
    return true;
  }

  @Override
  public Running start(Path folder, int port, List<Integer> origins) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("usher.yaml");
    Files.writeString(file, config(port, origins));
    List<String> command = new ArrayList<>(JavaPeer.java(options.javaOptions()));
    command.addAll(
        List.of("-jar", options.usherJar().toString(), "run", "--config", file.toString()));
    return Running.start(name, folder, port, command);
  }

  private String config(int port, List<Integer> origins) {
    String backends = origins.stream().map(this::backend).collect(Collectors.joining("\n"));
    return """
        listeners: [{address: 127.0.0.1, port: %d}]
        admin: {address: 127.0.0.1, port: 0}
        trust-tags-from: [127.0.0.0/8]
        routes:
          - {director: app}
        directors:
          app:
            scheduler: round-robin
            backends:
        %s
        %s"""
        .formatted(port, backends, buckets);
  }

  private String backend(int port) {
    return "      o%1$d: {url: \"http://127.0.0.1:%1$d\", capacity: %2$d}"
        .formatted(port, capacity);
  }
}
