package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name service that never answers: the JVM looks names up in a pipe that nobody writes to. */
class SlowNamesIT {
  private static final int BACKENDS = 100;

  @TempDir private Path folder;

  @Test
  void lookUpsThatHangHoldUpNeitherTheAdminApiNorOtherRequests() throws Exception {
    Path pipe = pipe();
    List<RawClient> clients = new ArrayList<>();
    try (UsherProcess usher = UsherProcess.start(yaml(), List.of("-Djdk.net.hosts.file=" + pipe))) {
      for (int i = 0; i < BACKENDS; i++) {
        clients.add(usher.connect().get("/"));
      }
      usher.admin().get("/health").expect(200);
      usher.admin().put("/director/other", "{}").expect(201);
      assertThat(usher.admin().read("/director/app").at("/stats/load/current").asInt())
          .isPositive();
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("hosts");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor())
        .isZero();
    return pipe;
  }

  private static String yaml() {
    return """
        listeners: [{address: 127.0.0.1, port: 0}]
        admin: {address: 127.0.0.1, port: 0}
        routes: [{director: app}]
        directors:
          app:
            backends:
        """
        + IntStream.range(0, BACKENDS)
            .mapToObj("      b%1$d: {url: \"http://name%1$d.example\", capacity: 1}%n"::formatted)
            .collect(Collectors.joining());
  }
}
