package dev.usher.it.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClientAbortIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();
  private final TestDirector app = STAGE.director().backend("b1", backend, 1).create();

  /** How long each of several waiters is still seen after its client has left, shortest first. */
  private List<Duration> leaveTheQueue(Consumer<RawClient> leave) {
    app.enter("root", "runs");
    List<Duration> taken = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      RawClient waits = app.enter("root", "leaves");
      assertThat(app.queued()).isEqualTo(1);
      long start = System.nanoTime();
      leave.accept(waits);
      app.awaitQueued(0);
      taken.add(Duration.ofNanos(System.nanoTime() - start));
    }
    assertThat(app.bucket("root").at("/stats/cancelled").asInt()).isEqualTo(9);
    taken.sort(null);
    return taken;
  }

  @Test
  void aWaiterWhoseClientResetsIsGoneWithin50Ms() {
    assertThat(leaveTheQueue(RawClient::abort).get(4)).isLessThan(Duration.ofMillis(50));
    backend.next().answer();
    app.awaitRest();
    assertThat(backend.total()).as("those who left cost nothing").isEqualTo(1);
  }

  @Test
  void aWaiterWhoseClientClosesIsGoneWithin50Ms() {
    assertThat(leaveTheQueue(RawClient::close).get(4)).isLessThan(Duration.ofMillis(50));
    backend.next().answer();
    app.awaitRest();
    assertThat(backend.total()).isEqualTo(1);
  }

  @Test
  void aWaiterWithAPartOfItsBodySentIsGoneToo() {
    app.enter("root", "runs");
    RawClient waits =
        STAGE.client().head("POST", app.path("up"), "Content-Length: 100").send("a part");
    app.awaitQueued(1);
    waits.abort();
    app.awaitQueued(0);
    backend.next().answer();
    app.awaitRest();
    assertThat(backend.total()).isEqualTo(1);
  }

  @Test
  void whoeverWaitsBehindOneThatLeftMovesUp() {
    app.enter("root", "runs");
    RawClient leaves = app.enter("root", "leaves");
    RawClient stays = app.enter("root", "stays");
    leaves.abort();
    app.awaitQueued(1);
    backend.next().answer();
    Arrival next = backend.next();
    assertThat(next.target()).isEqualTo(app.path("stays"));
    next.answer();
    assertThat(stays.read().status()).isEqualTo(200);
  }

  @Test
  void aPipelinedRequestIsNotTakenForLeaving() {
    app.enter("root", "runs");
    RawClient client =
        STAGE
            .client()
            .send(
                "GET %s HTTP/1.1\r\nHost: h\r\n\r\nGET %s HTTP/1.1\r\nHost: h\r\n\r\n"
                    .formatted(app.path("one"), app.path("two")));
    app.awaitQueued(1);
    backend.open();
    assertThat(client.read().text()).isEqualTo(app.path("one"));
    assertThat(client.read().text()).isEqualTo(app.path("two"));
  }

  @Test
  void anotherRequestSentWhileTheFirstWaitsIsServedAfterIt() {
    app.enter("root", "runs");
    RawClient client = app.enter("root", "one");
    client.get(app.path("two"));
    backend.open();
    assertThat(client.read().text()).isEqualTo(app.path("one"));
    assertThat(client.read().text()).isEqualTo(app.path("two"));
  }

  @Test
  void leavingWhileServedClosesTheBackendRequestAndGivesTheTokenBack() {
    RawClient leaves = app.enter("root", "leaves");
    Arrival arrival = backend.next();
    RawClient waits = app.enter("root", "waits");
    leaves.abort();
    Await.until("the backend request is closed", arrival::gone);
    backend.next().answer();
    assertThat(waits.read().status()).isEqualTo(200);
    app.awaitRest();
    assertThat(app.health("b1")).as("the backend is not to blame").isEqualTo("online");
  }

  @Test
  void leavingInTheMiddleOfADownloadClosesTheBackendRequest() {
    RawClient leaves = app.send("leaves");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na part");
    assertThat(leaves.readBytes(12)).isEqualTo("HTTP/1.1 200");
    leaves.abort();
    Await.until("the backend request is closed", arrival::gone);
    app.awaitRest();
  }

  @Test
  void leavingWhileServedLeavesTheBackendAloneIfSoConfigured() {
    app.post("{'on-client-abort':'ignore'}").expect(200);
    RawClient leaves = app.enter("root", "leaves");
    Arrival arrival = backend.next();
    RawClient waits = app.enter("root", "waits");
    leaves.abort();
    Await.holds(
        "the request stays at the backend",
        Duration.ofMillis(200),
        () -> !arrival.gone() && app.load() == 1 && app.queued() == 1);
    arrival.answer();
    backend.next().answer();
    assertThat(waits.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void aHundredThatLeaveAtOnceLeaveNothingBehind() {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(app.send("r" + i));
    }
    app.awaitQueued(99);
    clients.forEach(RawClient::abort);
    app.awaitRest();
    backend.open();
    assertThat(app.send("after").read().status()).isEqualTo(200);
    assertThat(backend.maxInFlight()).isEqualTo(1);
  }
}
