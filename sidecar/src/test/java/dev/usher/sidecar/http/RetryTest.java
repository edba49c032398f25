package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.RetrySpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures and responses lead to another backend, and which requests may go there. */
class RetryTest extends TwoBackendsTest {
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
}
