package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.endpoint.Endpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer that the sidecar makes itself. */
class RefusalTest extends WireTest {

  @ParameterizedTest
  @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "DEADLINE")
  void everyOtherReasonOfADirectorIsA503ThatSaysItAndWhenToComeBack(Reason reason)
      throws Exception {
    director.refuses = reason;
    try (Wire client = rig.client()) {
      for (int i = 0; i < 2; i++) {
        client.send(GET);
        assertThat(client.response())
            .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
            .contains("X-Director-Reason: " + reason.text() + "\r\n", "Retry-After: 10\r\n")
            .endsWith("\r\n\r\n" + reason.text() + "\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 400, bad-request",
    "BAD_DEADLINE, 400, bad-deadline",
    "NO_ROUTE, 404, no-route",
    "METHOD_NOT_ALLOWED, 405, method-not-allowed",
    "CLIENT_TIMEOUT, 408, client-timeout",
    "BODY_TOO_LARGE, 413, body-too-large",
    "INTERNAL_ERROR, 500, internal-error",
    "BROKEN_RESPONSE, 502, broken-response",
    "CONNECT_FAILED, 502, connect-failed",
    "CONNECTION_RESET, 502, connection-reset",
    "RETRY_BUDGET, 503, retry-budget",
    "NO_DIRECTOR, 503, no-director",
    "ON_DEMAND_LIMIT, 503, on-demand-limit",
    "BACKEND_TIMEOUT, 504, backend-timeout",
    "DEADLINE, 504, deadline"
  })
  void theTableSays(Refusal refusal, int status, String reason) {
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.isRetryable()).isEqualTo(status == 503);
  }

  @Test
  void withoutARouteTheAnswerIs404() throws Exception {
    rig.routes = exchange -> new Classification.NoRoute();
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response())
          .startsWith("HTTP/1.1 404 ")
          .contains("X-Director-Reason: no-route");
      client.send(GET);
      assertThat(client.response()).doesNotContain("Retry-After").endsWith("no-route\n");
    }
  }

  @Test
  void anUnknownDirectorIsA503() throws Exception {
    rig.routes = exchange -> new Classification.OnDemand(new Endpoint("x", 80), null);
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response())
          .startsWith("HTTP/1.1 503 ")
          .contains("X-Director-Reason: no-director", "Retry-After: 10");
    }
  }

  @Test
  void connectIsNotAllowed() throws Exception {
    try (Wire client = rig.client()) {
      client.send("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
      assertThat(client.rest())
          .startsWith("HTTP/1.1 405 ")
          .contains("method-not-allowed", "Allow: ");
    }
  }

  @Test
  void aDefectOfTheRoutesIsA500AndTheProcessLives() throws Exception {
    rig.routes =
        exchange -> {
          throw new IllegalStateException("a defect, made by this test");
        };
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response()).startsWith("HTTP/1.1 500 ").contains("internal-error");
      rig.routes = exchange -> new Classification.ToDirector("app", null, null);
      client.send(GET);
      assertThat(backend.take().head()).startsWith("GET ");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDefectBehindTheGrantIsA500AndTheLeaseIsGivenBack(boolean queued) throws Exception {
    director.holds = queued;
    director.isDefective = true;
    try (Wire client = rig.client()) {
      client.send(GET);
      if (queued) {
        awaitEvents("queued");
        director.grantFirst();
      }
      assertThat(client.response()).startsWith("HTTP/1.1 500 ").contains("internal-error");
      assertThat(director.events).last().isEqualTo("BROKEN");
      rig.awaitInFlight(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 5, hello, false",
    "Transfer-Encoding: chunked, '5\r\nhello\r\n0\r\n\r\n', false",
    "Content-Length: 5, hello, true",
    "Transfer-Encoding: chunked, '5\r\nhello\r\n0\r\n\r\n', true"
  })
  void aRefusedRequestWhoseBodyIsThereKeepsItsConnection(
      String framing, String body, boolean queued) throws Exception {
    try (Wire client = rig.client()) {
      for (int i = 0; i < 3; i++) {
        director.refuses = queued || i == 2 ? null : Reason.QUEUE_FULL;
        director.holds = queued;
        boolean routed = queued || i < 2;
        rig.routes =
            exchange ->
                routed
                    ? new Classification.ToDirector("app", null, null)
                    : new Classification.NoRoute();
        client.send(head("POST / HTTP/1.1", "Host: a", framing) + body);
        if (queued) {
          Awaitility.await().until(() -> !director.waiting.isEmpty());
          rig.onIoThread();
          director.refuseFirst(Reason.QUEUE_TIMEOUT);
        }
        assertThat(client.response())
            .startsWith(routed ? "HTTP/1.1 503 " : "HTTP/1.1 404 ")
            .doesNotContain("Connection: close");
      }
      rig.awaitInFlight(0);
    }
  }

  @Test
  void aRefusedRequestWhoseBodyIsBrokenLosesItsConnection() throws Exception {
    director.refuses = Reason.QUEUE_FULL;
    try (Wire client = rig.client()) {
      client.send(
          head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + "xyz\r\n" + GET);
      assertThat(client.rest()).startsWith("HTTP/1.1 503 ").containsOnlyOnce("HTTP/1.1");
    }
  }

  @Test
  void aRefusalReachesAClientThatIsStillSendingItsBody() throws Exception {
    director.refuses = Reason.QUEUE_FULL;
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
      client.send(new byte[100_000]);
      assertThat(client.response()).startsWith("HTTP/1.1 503 ").contains("Connection: close");
      client.send(new byte[100_000]);
    }
  }

  @Test
  void aRefusedWaiterIsAnsweredFromWhateverThread() throws Exception {
    director.holds = true;
    try (Wire client = rig.client()) {
      client.send(GET);
      awaitEvents("queued");
      director.refuseFirst(Reason.QUEUE_TIMEOUT);
      assertThat(client.response()).contains("X-Director-Reason: queue-timeout");
    }
  }
}
