package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave: while they wait, while they send, while they are served. */
class LeavingClientTest extends WireTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void aWaitingClientThatLeavesIsNoticedWithin50Milliseconds(String request) throws Exception {
    director.holds = true;
    long left;
    try (Wire client = rig.client()) {
      client.send(request);
      awaitEvents("queued");
      left = System.nanoTime();
    }
    while (director.events.size() < 2 && System.nanoTime() - left < TimeUnit.SECONDS.toNanos(2)) {
      Thread.onSpinWait();
    }
    assertThat(director.events).containsExactly("queued", "cancelled");
    assertThat(System.nanoTime() - left).isLessThan(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(backend.connections()).isZero();
    // Nor is what it had sent behind this request asked for.
    rig.onIoThread();
    assertThat(director.events).containsExactly("queued", "cancelled");
  }

  @Test
  void aWaitingClientThatIsResetIsNoticedToo() throws Exception {
    director.holds = true;
    try (Wire client = rig.client()) {
      client.send(POST);
      awaitEvents("queued");
      client.reset();
      awaitEvents("queued", "cancelled");
    }
  }

  @Test
  void aWaitingClientThatEndsItsSideOnlyCountsAsGone() throws Exception {
    director.holds = true;
    try (Wire client = rig.client()) {
      client.send(GET);
      awaitEvents("queued");
      client.socket.shutdownOutput();
      awaitEvents("queued", "cancelled");
    }
  }

  @Test
  void whatAWaitingClientSendsMeanwhileIsNotLost() throws Exception {
    director.holds = true;
    try (Wire client = rig.client()) {
      client.send(POST + "he");
      awaitEvents("queued");
      client.send("ll");
      client.send("oGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
      // One more look of the IO thread at the connection, so that all of it has been read ahead.
      rig.onIoThread();
      director.grantFirst();
      Wire server = backend.take();
      server.head();
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("queued", "SERVED", "queued");
      director.grantFirst();
      assertThat(server.head()).startsWith("GET /2 ");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void aGrantThatCrossesWithTheClientsLeavingIsGivenBack() throws Exception {
    director.holds = true;
    FakeDirector.Held held;
    try (Wire client = rig.client()) {
      client.send(GET);
      awaitEvents("queued");
      held = director.waiting.get(0);
    }
    awaitEvents("queued", "cancelled");
    director.waiting.add(held);
    director.grantFirst();
    awaitEvents("queued", "cancelled", "CLIENT_GONE");
    assertThat(backend.connections()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"GET, CLOSE, false", "GET, IGNORE, false", "POST, CLOSE, false", "GET, CLOSE, true"})
  void oneThatLeavesWhileItsBackendIsConnectedToGivesItsLeaseBackAtOnce(
      String method, OnClientAbort abort, boolean queued) throws Exception {
    director.settings = Rig.settings(abort, 60_000, 60_000, 60_000);
    try (NeverAccepting full = new NeverAccepting()) {
      director.targets = List.of(full.target(), backend.target());
      director.holds = queued;
      Wire client = rig.client();
      client.send(method.equals("GET") ? GET : POST + "he");
      rig.awaitInFlight(1);
      if (queued) {
        awaitEvents("queued");
        director.grantFirst();
      }
      rig.onIoThread();
      client.close();
      rig.awaitInFlight(0);
      assertThat(director.events).last().isEqualTo("CLIENT_GONE");
      assertThat(director.granted).hasSize(1);
    }
  }

  @Test
  void whatAClientSendsWhileItsBackendIsConnectedToIsNotLost() throws Exception {
    director.settings = Rig.settings(OnClientAbort.CLOSE, 300, 5_000, 5_000);
    try (NeverAccepting full = new NeverAccepting();
        Wire client = rig.client()) {
      director.targets = List.of(full.target(), backend.target());
      client.send(POST + "he");
      rig.awaitInFlight(1);
      rig.onIoThread();
      client.send("ll");
      Wire server = backend.take();
      server.head();
      assertThat(server.bytes(4)).isEqualTo("hell");
      client.send("o");
      assertThat(server.bytes(1)).isEqualTo("o");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry CONNECT_FAILED", "SERVED");
    }
  }

  @Test
  void oneThatLeavesBeforeItsResponseClosesItsBackendRequest() throws Exception {
    Wire client = rig.client();
    client.send(GET);
    Wire server = backend.take();
    server.head();
    client.close();
    assertThat(server.isClosedByPeer()).isTrue();
    awaitEvents("CLIENT_GONE");
  }

  @Test
  void oneThatLeavesAmidItsResponseClosesItsBackendRequest() throws Exception {
    Wire client = rig.client();
    client.send(GET);
    Wire server = backend.take();
    server.head();
    server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    client.head();
    client.bytes(5);
    client.close();
    assertThat(server.isClosedByPeer()).isTrue();
    awaitEvents("CLIENT_GONE");
  }

  @Test
  void whereItIsIgnoredTheResponseIsReadToItsEndAndTheConnectionUsedAgain() throws Exception {
    director.settings = Rig.settings(OnClientAbort.IGNORE, 1_000, 5_000, 5_000);
    Wire client = rig.client();
    client.send(GET);
    Wire server = backend.take();
    server.head();
    client.close();
    rig.awaitInFlight(0);
    assertThat(director.events).isEmpty();
    server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    server.send("world");
    awaitEvents("SERVED");
    try (Wire next = rig.client()) {
      next.send(GET);
      assertThat(server.head()).startsWith("GET ");
    }
  }

  @Test
  void whereItIsIgnoredTheRestOfAResponseIsReadToo() throws Exception {
    director.settings = Rig.settings(OnClientAbort.IGNORE, 1_000, 5_000, 5_000);
    Wire client = rig.client();
    client.send(GET);
    Wire server = backend.take();
    server.head();
    server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    client.head();
    client.bytes(5);
    client.close();
    rig.awaitInFlight(0);
    server.send("world");
    awaitEvents("SERVED");
  }

  @Test
  void anAbortedUploadReachesTheBackendWithoutItsEnd() throws Exception {
    Wire client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    Wire server = backend.take();
    server.head();
    server.until("hello\r\n");
    client.close();
    assertThat(server.rest()).isIn("", "RESET");
    awaitEvents("CLIENT_GONE");
  }

  @Test
  void anUploadWithABrokenChunkReachesTheBackendWithoutItsEnd() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      Wire server = backend.take();
      server.head();
      server.until("hello\r\n");
      client.send("fffffffffffffffffffff\r\n");
      assertThat(server.rest()).isIn("", "RESET");
      awaitEvents("CLIENT_GONE");
    }
  }

  @Test
  void anAbortedUploadOfKnownLengthIsShort() throws Exception {
    Wire client = rig.client();
    client.send(POST + "he");
    Wire server = backend.take();
    server.head();
    assertThat(server.bytes(2)).isEqualTo("he");
    client.close();
    assertThat(server.rest()).isIn("", "RESET");
    awaitEvents("CLIENT_GONE");
  }

  @Test
  void whenTheBackendIsCutWhatRunsThereIsBrokenOff() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("GET", "POST"));
      Wire server = backend.take();
      server.head();
      director.revoke();
      assertThat(client.response()).startsWith("HTTP/1.1 502 ");
      assertThat(server.isClosedByPeer()).isTrue();
      awaitEvents("BROKEN");
    }
  }

  @Test
  void whenTheBackendIsCutAmidAResponseItsClientIsCutToo() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
      client.head();
      client.bytes(5);
      director.revoke();
      assertThat(client.rest()).isIn("", "RESET");
      awaitEvents("BROKEN");
    }
  }

  @Test
  void whenTheBackendIsCutWhatCanBeRepeatedGoesElsewhere() throws Exception {
    director.targets = List.of(backend.target(), backend.target());
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      director.revoke();
      assertThat(server.isClosedByPeer()).isTrue();
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry BROKEN", "SERVED");
    }
  }

  @Test
  void whenTheBackendIsCutWhileItIsConnectedToTheRequestGoesElsewhere() throws Exception {
    try (NeverAccepting full = new NeverAccepting();
        Wire client = rig.client()) {
      director.targets = List.of(full.target(), backend.target());
      client.send(POST + "hello");
      rig.awaitInFlight(1);
      rig.onIoThread();
      director.revoke();
      Wire server = backend.take();
      server.head();
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry BROKEN", "SERVED");
    }
  }

  @Override
  Settings settings() {
    return Rig.settings(OnClientAbort.CLOSE, 1_000, 5_000, 5_000);
  }
}
