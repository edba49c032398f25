package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.RetrySpec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  private void retry(Set<RetryCause> on, long bufferBytes, boolean nonIdempotent) {
    RetrySpec usual = RetrySpec.DEFAULT;
    RetrySpec spec =
        new RetrySpec(on, usual.budget(), usual.budgetMin(), bufferBytes, nonIdempotent);
    director.settings = director.settings.edit().retry(spec).build();
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void anIdempotentRequestOfWhichMoreWasSentThanIsKeptIsNotRepeated(long bufferBytes)
      throws Exception {
    retry(RetrySpec.DEFAULT.on(), bufferBytes, false);
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
  void aBodyOfWhichAPartWasSentAndKeptIsSentFromItsBeginning() throws Exception {
    retry(RetrySpec.DEFAULT.on(), 2, false);
    try (Wire client = rig.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
      Wire first = backend.take();
      first.head();
      first.bytes(2);
      first.close();
      Wire server = second.take();
      assertThat(server.head()).contains("Content-Length: 5");
      assertThat(server.bytes(2)).isEqualTo("he");
      client.send("llo");
      assertThat(server.bytes(3)).isEqualTo("llo");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
      client.send(GET);
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).as("the connection goes on").endsWith("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 5|hello", "Transfer-Encoding: chunked|5~hello~0~~"})
  void aBodyThatWasSentWholeIsSentAgain(String framingAndBody) throws Exception {
    String framing = framingAndBody.split("\\|", -1)[0];
    String body = framingAndBody.split("\\|", -1)[1].replace("~", "\r\n");
    String end = body.substring(body.length() - 5);
    try (Wire client = rig.client()) {
      client.send(head("PUT / HTTP/1.1", "Host: a", framing) + body);
      Wire first = backend.take();
      assertThat(first.head()).contains(framing);
      String sent = first.until(end);
      assertThat(sent).contains("hello");
      first.close();
      Wire server = second.take();
      assertThat(server.head()).contains(framing);
      assertThat(server.until(end)).isEqualTo(sent);
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
    }
  }

  @Test
  void aBodyLargerThanManyBuffersIsSentAgain() throws Exception {
    int length = 1_500_000;
    retry(RetrySpec.DEFAULT.on(), 2_000_000, false);
    byte[] body = new byte[length];
    new Random(3).nextBytes(body);
    String sent = new String(body, StandardCharsets.ISO_8859_1);
    try (Wire client = rig.client()) {
      client.send(head("PUT / HTTP/1.1", "Host: a", "Content-Length: " + length));
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.send(body);
                } catch (java.io.IOException e) {
                  // The assertions below say it.
                }
              });
      sender.start();
      Wire first = backend.take();
      first.head();
      assertThat(first.bytes(length)).isEqualTo(sent);
      first.close();
      Wire server = second.take();
      server.head();
      assertThat(server.bytes(length)).isEqualTo(sent);
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      sender.join();
    }
  }

  @Test
  void aPostIsRepeatedWhereThatIsAllowed() throws Exception {
    retry(RetrySpec.DEFAULT.on(), 1_000, true);
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
      Wire first = backend.take();
      first.head();
      first.bytes(5);
      first.close();
      Wire server = second.take();
      server.head();
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
    }
  }

  @Test
  void nothingIsRepeatedThatRetryOnDoesNotSay() throws Exception {
    retry(Set.of(RetryCause.UNAVAILABLE), 0, false);
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire first = backend.take();
      first.head();
      first.close();
      assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("connection-reset");
      director.targets = List.of(nobody(), second.target());
      client.send(GET);
      assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("connect-failed");
      awaitEvents("RESET", "CONNECT_FAILED");
      assertThat(second.connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"502, BAD_GATEWAY", "503, UNAVAILABLE", "504, GATEWAY_TIMEOUT"})
  void aResponseThatRetryOnSaysIsThrownAway(int status, RetryCause cause) throws Exception {
    retry(Set.of(cause), 64, false);
    try (Wire client = rig.client()) {
      client.send(PUT + "hello");
      Wire first = backend.take();
      first.head();
      first.bytes(5);
      first.send("HTTP/1.1 " + status + " No\r\nContent-Length: 100\r\n\r\nsorry");
      Wire server = second.take();
      server.head();
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("ok");
      awaitEvents("retry SERVER_ERROR", "SERVED");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, 500, 3", "GET, 505, 3", "GET, 503, 0", "POST, 503, 3"})
  void otherResponsesAndThoseOfTheLastAttemptAreTheClients(String method, int status, int retries)
      throws Exception {
    retry(Set.of(RetryCause.values()), 64, false);
    director.settings = director.settings.edit().maxRetryCount(retries).build();
    try (Wire client = rig.client()) {
      client.send(GET.replace("GET", method));
      Wire first = backend.take();
      first.head();
      first.send("HTTP/1.1 " + status + " No\r\nContent-Length: 5\r\n\r\nsorry");
      assertThat(client.response()).startsWith("HTTP/1.1 " + status).endsWith("sorry");
      awaitEvents("SERVER_ERROR");
      assertThat(second.connections()).isZero();
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
