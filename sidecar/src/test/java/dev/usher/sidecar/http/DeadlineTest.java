package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that must be over at some time. */
class DeadlineTest extends WireTest {
  private static final String DUE =
      head("GET / HTTP/1.1", "Host: a", "X-Request-Deadline-Ms: 5000");

  @Override
  Settings settings() {
    return Rig.settings(OnClientAbort.CLOSE, 2_000, 2_000, 2_000);
  }

  private void requestTimeout(long millis) {
    director.settings = settings().edit().requestTimeout(Duration.ofMillis(millis)).build();
  }

  private void moveBy(Duration time) {
    rig.aheadNanos.addAndGet(time.toNanos());
  }

  @Test
  void withoutADeadlineNoneIsAsked() throws Exception {
    director.holds = true;
    try (Wire client = rig.client()) {
      client.send(GET);
      awaitEvents("queued");
      assertThat(director.waiting.get(0).ask.deadlineNanos()).isEqualTo(Ask.NO_DEADLINE);
    }
  }

  @Test
  void aGrantThatComesTooLateIsNotUsed() throws Exception {
    director.holds = true;
    try (Wire client = rig.client()) {
      client.send(DUE);
      awaitEvents("queued");
      moveBy(Duration.ofSeconds(5));
      director.grantFirst();
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("deadline");
      awaitEvents("queued", "DEADLINE");
      assertThat(backend.connections()).isZero();
    }
  }

  @Test
  void aConnectionThatComesTooLateSendsNothing() throws Exception {
    rig.upstream.beforeSending = () -> moveBy(Duration.ofSeconds(5));
    try (Wire client = rig.client()) {
      client.send(DUE);
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("deadline");
      assertThat(backend.take().rest()).isEmpty();
      awaitEvents("DEADLINE");
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void aConnectionInTimeTellsWhatIsLeftThen() throws Exception {
    rig.upstream.beforeSending = () -> moveBy(Duration.ofSeconds(3));
    try (Wire client = rig.client()) {
      client.send(DUE);
      Wire server = backend.take();
      String sent = server.head();
      int at = sent.indexOf("X-Request-Deadline-Ms: ") + 23;
      assertThat(Integer.parseInt(sent.substring(at, sent.indexOf('\r', at)))).isBetween(0, 2_000);
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED");
    }
  }

  @Test
  void waitingForAConnectionEndsAtTheDeadline() throws Exception {
    requestTimeout(200);
    try (NeverAccepting full = new NeverAccepting();
        Wire client = rig.client()) {
      director.targets = List.of(full.target());
      long begin = System.nanoTime();
      client.send(GET);
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("deadline");
      assertThat(System.nanoTime() - begin).isBetween(200_000_000L, 1_900_000_000L);
      awaitEvents("DEADLINE");
    }
  }

  @Test
  void aBackendThatThinksIsLeftAtTheDeadlineWithoutBlame() throws Exception {
    requestTimeout(200);
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("deadline");
      assertThat(server.isClosedByPeer()).isTrue();
      awaitEvents("DEADLINE");
    }
  }

  @Test
  void aBackendThatWasLateBeforeTheDeadlineIsToBlame() throws Exception {
    director.settings =
        settings()
            .edit()
            .firstByteTimeout(Duration.ofSeconds(1))
            .requestTimeout(Duration.ofSeconds(20))
            .build();
    try (Wire client = rig.client()) {
      client.send(GET);
      backend.take().head();
      // Both at one tick.
      moveBy(Duration.ofSeconds(60));
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("backend-timeout");
      awaitEvents("TIMED_OUT");
    }
  }

  @Test
  void aBodyThatKeepsComingIsCutAtTheDeadline() throws Exception {
    requestTimeout(400);
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
      server.socket.setSoTimeout(40);
      int sent = 0;
      while (!server.isClosedByPeer()) {
        server.send("x");
        sent++;
      }
      assertThat(sent).isLessThan(1_000);
      client.head();
      assertThat(client.rest()).startsWith("x");
      awaitEvents("DEADLINE");
    }
  }

  @Test
  void aClientMayTakeItsTimeWithAResponseThatHasBeenRead() throws Exception {
    requestTimeout(5_000);
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      awaitEvents("SERVED");
      moveBy(Duration.ofSeconds(6));
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void anUploadIsBrokenOffAtTheDeadline() throws Exception {
    requestTimeout(200);
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
      Wire server = backend.take();
      server.head();
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("deadline");
      assertThat(server.rest()).isIn("he", "heRESET");
      awaitEvents("DEADLINE");
    }
  }

  @Test
  void whatTheDirectorSaysIsA504() throws Exception {
    director.refuses = Reason.DEADLINE;
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response())
          .startsWith("HTTP/1.1 504 ")
          .contains("X-Director-Reason: deadline")
          .doesNotContain("Retry-After");
    }
  }

  @Test
  void aDeadlineThatIsNoneIsA400() throws Exception {
    try (Wire client = rig.client()) {
      client.send(head("GET / HTTP/1.1", "Host: a", "X-Request-Deadline-Ms: soon"));
      assertThat(client.response()).startsWith("HTTP/1.1 400 ").contains("bad-deadline");
      assertThat(director.events).isEmpty();
    }
  }

  @Test
  void aFieldThatIsForThisHopOnlyIsNotPassedOn() throws Exception {
    try (Wire client = rig.client()) {
      client.send(
          head("GET / HTTP/1.1", "Host: a", "Connection: grpc-timeout", "grpc-timeout: 5S"));
      Wire server = backend.take();
      assertThat(server.head()).doesNotContain("grpc-timeout");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }
}
