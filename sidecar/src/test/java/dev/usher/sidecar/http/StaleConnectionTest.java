package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Kept connections that the backend has closed, or closes when the next request comes. */
class StaleConnectionTest extends TwoBackendsTest {
  private Wire pooled(Wire client) throws Exception {
    client.send(GET);
    Wire server = backend.take();
    serve(server);
    assertThat(client.response()).endsWith("ok");
    return server;
  }

  @Test
  void aStaleConnectionIsReplacedByAFreshOneWithoutAWordToHealth() throws Exception {
    try (Wire client = rig.client()) {
      Wire stale = pooled(client);
      client.send(GET);
      stale.head();
      stale.close();
      serve(backend.take());
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED", "SERVED");
    }
  }

  @Test
  void afterAStaleConnectionAFreshOneThatFailsTooLeadsElsewhere() throws Exception {
    try (Wire client = rig.client()) {
      Wire stale = pooled(client);
      client.send(GET);
      stale.head();
      stale.close();
      backend.take().close();
      serve(second.take());
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED", "retry RESET", "SERVED");
    }
  }

  @Test
  void aPostOnAConnectionThatTurnsOutStaleIsA502ThatDoesNotTakeTheBackendOffline()
      throws Exception {
    try (Wire client = rig.client()) {
      Wire stale = pooled(client);
      client.send(GET.replace("GET", "POST"));
      stale.head();
      stale.close();
      assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("connection-reset");
      awaitEvents("SERVED", "BROKEN");
    }
  }

  @Test
  void aConnectionThatTheBackendHasClosedIsNotUsed() throws Exception {
    try (Wire client = rig.client()) {
      Wire closed = pooled(client);
      closed.socket.shutdownOutput();
      assertThat(closed.isClosedByPeer()).isTrue();
      client.send(GET.replace("GET", "POST"));
      serve(backend.take());
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED", "SERVED");
    }
  }
}
