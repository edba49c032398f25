package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Target;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures lead to another backend, and which requests may be repeated. */
class RetryTest extends WireTest {
  private RawBackend second;

  @BeforeEach
  void openSecond() throws Exception {
    second = new RawBackend();
    director.targets = List.of(backend.target(), second.target());
  }

  @AfterEach
  void closeSecond() throws Exception {
    second.close();
  }

  private static Target nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Target("127.0.0.1", socket.getLocalPort());
    }
  }

  private void serve(Wire server) throws Exception {
    server.head();
    server.send(OK);
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST", "PATCH"})
  void aRefusedConnectionLeadsElsewhereWhateverTheMethod(String method) throws Exception {
    director.targets = List.of(nobody(), second.target());
    try (Wire client = rig.client()) {
      client.send(method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
      Wire server = second.take();
      server.head();
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok").contains("X-Director-Backend: app02");
      awaitEvents("retry CONNECT_FAILED", "SERVED");
    }
  }

  @Test
  void anUnknownHostLeadsElsewhere() throws Exception {
    director.targets = List.of(new Target("nobody.invalid", 80), second.target());
    try (Wire client = rig.client()) {
      client.send(GET);
      serve(second.take());
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry CONNECT_FAILED", "SERVED");
    }
  }

  @Test
  void whenAllHaveFailedTheDirectorsLastWordCounts() throws Exception {
    director.targets = List.of(nobody(), nobody());
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response()).startsWith("HTTP/1.1 503 ").contains("retries-exhausted");
      awaitEvents("retry CONNECT_FAILED", "retry CONNECT_FAILED");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
  void anIdempotentRequestGoesElsewhereAfterACloseWithoutAResponse(String method) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("GET", method));
      Wire first = backend.take();
      first.head();
      first.close();
      Wire server = second.take();
      assertThat(server.head()).startsWith(method + " / ");
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
      awaitEvents("retry RESET", "SERVED");
    }
  }

  @Test
  void aResetCountsLikeAClose() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire first = backend.take();
      first.head();
      first.reset();
      serve(second.take());
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
    }
  }

  @ParameterizedTest
  @CsvSource({"POST", "PATCH", "PURGE"})
  void anotherRequestIsNotRepeatedOnceItWasSent(String method) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("GET", method));
      Wire first = backend.take();
      first.head();
      first.close();
      assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("connection-reset");
      awaitEvents("RESET");
      assertThat(second.connections()).isZero();
    }
  }

  @Test
  void anIdempotentRequestWhoseBodyWasPartlySentIsNotRepeated() throws Exception {
    try (Wire client = rig.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
      Wire first = backend.take();
      first.head();
      first.bytes(2);
      first.close();
      assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("connection-reset");
      awaitEvents("RESET");
    }
  }

  @Test
  void anIdempotentRequestWhoseBodyWasNotTakenYetIsRepeatedWithIt() throws Exception {
    try (Wire client = rig.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
      Wire first = backend.take();
      first.head();
      first.close();
      Wire server = second.take();
      client.send("hello");
      assertThat(server.head()).contains("Content-Length: 5");
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
    }
  }

  @Test
  void aResponseThatHasBegunIsNotRepeated() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire first = backend.take();
      first.head();
      first.send("HTTP/1.1 2");
      first.close();
      assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("broken-response");
      awaitEvents("BROKEN");
    }
  }

  /** Answers one request, so that the connection is pooled, and waits for the next. */
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

  @Test
  void aRetryMayWaitInTheQueueAndIsCancelledThere() throws Exception {
    director.targets = List.of(nobody(), second.target());
    Wire client = rig.client();
    director.holds = true;
    client.send(GET);
    awaitEvents("queued");
    director.grantFirst();
    awaitEvents("queued", "retry CONNECT_FAILED", "queued");
    client.close();
    awaitEvents("queued", "retry CONNECT_FAILED", "queued", "cancelled");
  }

  private static final String PUT = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

  /**
   * A PUT whose first backend closes with the body untouched, and whose retry waits in the queue.
   */
  private void putWhoseRetryWaits(Wire client, String head) throws Exception {
    client.send(head);
    Wire first = backend.take();
    first.head();
    director.holds = true;
    first.close();
    awaitEvents("retry RESET", "queued");
  }

  @Test
  void aBodyThatComesAfterARetryHadToWaitIsSent() throws Exception {
    try (Wire client = rig.client()) {
      putWhoseRetryWaits(client, PUT);
      rig.onIoThread();
      director.grantFirst();
      Wire server = second.take();
      server.head();
      client.send("hel");
      assertThat(server.bytes(3)).isEqualTo("hel");
      client.send("lo");
      assertThat(server.bytes(2)).isEqualTo("lo");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "queued", "SERVED");
    }
  }

  @Test
  void aBodyOfWhichSomeComesWhileARetryWaitsIsSent() throws Exception {
    try (Wire client = rig.client()) {
      putWhoseRetryWaits(client, PUT);
      client.send("hel");
      rig.onIoThread();
      director.grantFirst();
      Wire server = second.take();
      server.head();
      assertThat(server.bytes(3)).isEqualTo("hel");
      client.send("lo");
      assertThat(server.bytes(2)).isEqualTo("lo");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      client.send(GET);
      awaitEvents("retry RESET", "queued", "SERVED", "queued");
    }
  }

  @Test
  void aBackendThatAsksForTheBodyAfterARetryHadToWaitGetsIt() throws Exception {
    try (Wire client = rig.client()) {
      putWhoseRetryWaits(client, PUT.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
      director.grantFirst();
      Wire server = second.take();
      server.head();
      server.send("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.send("hello");
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "queued", "SERVED");
    }
  }
}
