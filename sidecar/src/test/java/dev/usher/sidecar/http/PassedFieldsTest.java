package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.Classification;
import org.junit.jupiter.api.Test;

/** Targets and fields: what is passed on, what is added, what stays here. */
class PassedFieldsTest extends WireTest {
  @Test
  void inAbsoluteFormTheTargetsHostCounts() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET http://example.org:81/a?b HTTP/1.1\r\nHost: example.org:81\r\n\r\n");
      Wire server = backend.take();
      assertThat(server.head())
          .startsWith("GET /a?b HTTP/1.1\r\n")
          .contains("Host: example.org:81\r\n");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      client.send("OPTIONS http://example.org HTTP/1.1\r\nHost: example.org\r\n\r\n");
      assertThat(server.head())
          .startsWith("OPTIONS * HTTP/1.1\r\n")
          .contains("Host: example.org\r\n");
      server.send(OK);
      client.response();
      client.send("GET http://example.org?x HTTP/1.1\r\nHost: example.org\r\n\r\n");
      assertThat(server.head()).startsWith("GET /?x HTTP/1.1\r\n");
    }
  }

  @Test
  void optionsForTheServerItselfPasses() throws Exception {
    try (Wire client = rig.client()) {
      client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(backend.take().head()).startsWith("OPTIONS * HTTP/1.1\r\n");
    }
  }

  @Test
  void fieldsOfOneConnectionPassInNeitherDirection() throws Exception {
    try (Wire client = rig.client()) {
      client.send(
          head(
              "GET / HTTP/1.1",
              "Host: a",
              "Connection: keep-alive, X-Mine",
              "X-Mine: 1",
              "Keep-Alive: 5",
              "Proxy-Connection: x",
              "TE: trailers",
              "Upgrade: websocket",
              "Proxy-Authorization: secret",
              "X-Yours: 2"));
      Wire server = backend.take();
      assertThat(server.head())
          .contains("X-Yours: 2")
          .doesNotContain("X-Mine", "Connection", "Keep-Alive", "TE:", "Upgrade", "secret");
      server.send(
          head(
              "HTTP/1.1 200 OK",
              "Connection: X-Own",
              "X-Own: 1",
              "Keep-Alive: 5",
              "Upgrade: h2c",
              "Proxy-Authenticate: x",
              "X-All: 2",
              "Content-Length: 0"));
      assertThat(client.head())
          .contains("X-All: 2")
          .doesNotContain("X-Own", "Connection", "Keep-Alive", "Upgrade", "Proxy-Auth");
    }
  }

  @Test
  void theBackendLearnsWhoAskedAndTheListsGrow() throws Exception {
    try (Wire client = rig.client()) {
      client.send(
          head(
              "GET / HTTP/1.1",
              "Host: a:81",
              "X-Forwarded-For: 10.0.0.1",
              "X-Forwarded-For: 10.0.0.2",
              "X-Forwarded-Proto: https",
              "Forwarded: for=10.0.0.1",
              "Via: 1.0 fred"));
      assertThat(backend.take().head())
          .contains(
              "X-Forwarded-For: 10.0.0.1, 10.0.0.2, 127.0.0.1\r\n",
              "X-Forwarded-Proto: https, http\r\n",
              "X-Forwarded-Host: a:81\r\n",
              "Forwarded: for=10.0.0.1, for=127.0.0.1;proto=http;host=\"a:81\"\r\n",
              "Via: 1.0 fred\r\n",
              "Via: 1.1 usher\r\n");
    }
  }

  @Test
  void theTagStaysHereAndTheResponseTellsWhoServed() throws Exception {
    rig.routes = exchange -> new Classification.ToDirector("app", "vip", null);
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Director-Bucket: vip\r\n\r\n");
      Wire server = backend.take();
      assertThat(server.head()).doesNotContain("X-Director");
      server.send(OK);
      assertThat(client.response())
          .contains(
              "X-Director-Cluster: app\r\n",
              "X-Director-Backend: app01\r\n",
              "X-Director-Bucket: vip\r\n");
    }
  }
}
