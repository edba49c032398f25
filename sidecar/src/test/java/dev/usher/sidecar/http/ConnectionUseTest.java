package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections are used again, and by whom; HTTP/1.0 on either side. */
class ConnectionUseTest extends WireTest {
  @Test
  void bothConnectionsAreKeptAliveAndUsedAgain() throws Exception {
    try (Wire client = rig.client()) {
      Wire server = null;
      for (int i = 0; i < 3; i++) {
        client.send(GET);
        server = server == null ? backend.take() : server;
        server.head();
        server.send(OK);
        assertThat(client.response()).endsWith("ok");
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("/ ", "/1 ") + GET.replace("/ ", "/2 ") + GET.replace("/ ", "/3 "));
      Wire server = backend.take();
      for (int i = 1; i <= 3; i++) {
        assertThat(server.head()).startsWith("GET /" + i + " ");
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i);
      }
      for (int i = 1; i <= 3; i++) {
        assertThat(client.response()).endsWith("\r\n\r\n" + i);
      }
    }
  }

  @Test
  void anHttp10ClientGetsNoChunks() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      Wire server = backend.take();
      String host = "Host: 127.0.0.1:" + backend.target().port();
      assertThat(server.head()).startsWith("GET / HTTP/1.1\r\n").contains(host, "Via: 1.0 usher");
      server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
      assertThat(client.rest()).endsWith("\r\n\r\nok").doesNotContain("Transfer-Encoding");
    }
  }

  @Test
  void anHttp10ClientMayKeepItsConnection() throws Exception {
    try (Wire client = rig.client()) {
      Wire server = null;
      for (int i = 0; i < 2; i++) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        server = server == null ? backend.take() : server;
        server.head();
        server.send(OK);
        assertThat(client.response()).contains("Connection: keep-alive").endsWith("ok");
      }
    }
  }

  @Test
  void aResponseFromAnHttp10BackendIsPassedOn() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.response()).startsWith("HTTP/1.1 200 OK").endsWith("ok");
      assertThat(server.isClosedByPeer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "TE, Close", "close, TE", "TE\r\nConnection: close"})
  void aClientThatAsksForItIsClosedBehindItsResponse(String options) throws Exception {
    try (Wire client = rig.client()) {
      client.send(head("GET / HTTP/1.1", "Host: a", "Connection: " + options) + GET);
      Wire server = backend.take();
      server.head();
      server.send(OK);
      assertThat(client.rest()).contains("Connection: close\r\n").endsWith("\r\n\r\nok");
      awaitEvents("SERVED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "foo, Close", "close, foo", "foo\r\nConnection: close"})
  void aBackendThatAnnouncesItsCloseIsNotAskedAgainThere(String options) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(head("HTTP/1.1 200 OK", "Connection: " + options, "Content-Length: 2") + "ok");
      assertThat(client.response()).endsWith("ok").doesNotContain("foo");
      assertThat(server.isClosedByPeer()).isTrue();
      client.send(GET.replace("GET", "POST"));
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED", "SERVED");
    }
  }
}
