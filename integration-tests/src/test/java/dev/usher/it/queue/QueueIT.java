package dev.usher.it.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();

  private TestDirector director(String settings) {
    return STAGE
        .director()
        .backend("b1", backend, 1)
        .set("'retry-after':'2500ms'," + settings)
        .buckets("'vip':{'rate':'50%'},'main':{'rate':'50%'}")
        .create();
  }

  private static void assertRefused(Answer answer, String reason) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.get("Retry-After")).as("2500 ms, rounded up").isEqualTo("3");
  }

  @Test
  void turnsAwayWhatIsOverTheLimit() {
    TestDirector app = director("'queue-limit':2");
    app.enter("vip", "runs");
    app.enter("vip", "waits1");
    app.enter("main", "waits2");
    assertRefused(app.sendTagged("root", "over1").read(), "queue-full");
    assertRefused(app.sendTagged("vip", "over2").read(), "queue-full");
    assertThat(app.view().at("/stats/dropped").asInt()).isEqualTo(2);
    assertThat(app.bucket("vip").at("/stats/rejected").asInt()).isEqualTo(1);
    assertThat(app.queued()).isEqualTo(2);
    backend.next().answer();
    app.awaitQueued(1);
    app.enter("vip", "waits3");
    assertThat(app.queued()).isEqualTo(2);
  }

  @Test
  void aLimitOfZeroQueuesNothing() {
    TestDirector app = director("'queue-limit':0");
    app.enter("vip", "runs");
    assertRefused(app.sendTagged("vip", "over").read(), "queue-full");
  }

  @Test
  void aWaiterThatTimesOutIsRefusedAndForgotten() {
    TestDirector app = director("'queue-timeout':'300ms'");
    app.enter("vip", "runs");
    long start = System.nanoTime();
    Answer answer = app.sendTagged("vip", "waits").read();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertRefused(answer, "queue-timeout");
    assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofMillis(900));
    assertThat(app.queued()).isZero();
    assertThat(app.bucket("vip").at("/stats/timed-out").asInt()).isEqualTo(1);
    backend.next().answer();
    app.awaitRest();
    assertThat(backend.total()).isEqualTo(1);
  }

  @Test
  void aDeadlineCountsForTheWaitingAlone() {
    TestDirector app = director("'queue-timeout':'300ms'");
    RawClient runs = app.enter("vip", "runs");
    RawClient waits = app.enter("vip", "waits");
    backend.next().answer();
    Arrival granted = backend.next();
    Await.holds("it is not refused", Duration.ofMillis(400), () -> !waits.hasAnswer());
    granted.answer();
    assertThat(runs.read().status()).isEqualTo(200);
    assertThat(waits.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void servesABucketInTheOrderOfArrival() {
    TestDirector app = director("'queue-limit':100");
    app.enter("vip", "r0");
    List<RawClient> clients = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      clients.add(app.enter("vip", "r" + i));
    }
    for (int i = 0; i <= 12; i++) {
      Arrival arrival = backend.next();
      assertThat(arrival.target()).isEqualTo(app.path("r" + i));
      arrival.answer();
    }
    clients.forEach(client -> assertThat(client.read().status()).isEqualTo(200));
  }

  @Test
  void aDisabledDirectorRefusesAndFinishesWhatRuns() {
    TestDirector app = director("'queue-limit':100");
    RawClient runs = app.enter("vip", "runs");
    STAGE.admin().lock(app.api()).expect(204);
    assertRefused(app.send("x").read(), "disabled");
    backend.next().answer();
    assertThat(runs.read().status()).isEqualTo(200);
    STAGE.admin().unlock(app.api()).expect(204);
    RawClient again = app.send("again");
    backend.next().answer();
    assertThat(again.read().status()).isEqualTo(200);
  }

  @Test
  void waitersOfADirectorThatIsDisabledAllGetAnAnswer() {
    TestDirector app = director("'queue-limit':100");
    app.enter("vip", "runs");
    RawClient waits = app.enter("vip", "waits");
    app.post("{'enabled': false}").expect(200);
    backend.open();
    Answer answer = waits.read();
    assertThat(answer.status()).isIn(200, 503);
    assertThat(answer.reason()).isIn("", "disabled");
    app.awaitRest();
  }

  @Test
  void waitersOfADirectorThatIsRemovedAreRefusedAndRunningOnesFinish() {
    TestDirector app = director("'queue-limit':100");
    RawClient runs = app.enter("vip", "runs");
    RawClient waits = app.enter("vip", "waits");
    STAGE.admin().delete(app.api()).expect(204);
    assertRefused(waits.read(), "no-director");
    backend.next().answer();
    assertThat(runs.read().status()).isEqualTo(200);
    assertThat(app.send("x").read().reason()).isEqualTo("no-director");
  }

  @Test
  void waitsForABackendWhenNoneIsAvailable() {
    TestDirector app = director("'enqueue-on-unavailable':true");
    STAGE.admin().lock(app.api() + "/backends/b1").expect(204);
    RawClient waits = app.enter("vip", "waits");
    assertThat(app.queued()).isEqualTo(1);
    STAGE.admin().unlock(app.api() + "/backends/b1").expect(204);
    backend.next().answer();
    assertThat(waits.read().status()).isEqualTo(200);
  }

  @Test
  void refusesWhenNoBackendIsAvailableAndItShallNotWait() {
    TestDirector app = director("'enqueue-on-unavailable':false");
    STAGE.admin().lock(app.api() + "/backends/b1").expect(204);
    assertRefused(app.send("x").read(), "unavailable");
    assertThat(app.view().at("/stats/dropped").asInt()).isEqualTo(1);
    STAGE.admin().unlock(app.api() + "/backends/b1").expect(204);
    app.enter("vip", "runs");
    app.enter("vip", "waits");
    assertThat(app.queued()).isEqualTo(1);
  }

  @Test
  void aDirectorWithoutBackendsLetsWait() {
    TestDirector app = STAGE.director().set("'queue-timeout':'200ms'").create();
    assertThat(app.capacity()).isZero();
    assertThat(app.send("x").read().reason()).isEqualTo("queue-timeout");
  }

  @Test
  void waitersOfABucketThatAReplacementDropsMoveUp() {
    TestDirector app =
        STAGE
            .director()
            .backend("b1", backend, 5)
            .buckets("'outer':{'ceil':'1t','buckets':{'inner':{'rate':'100%'}}}")
            .create();
    app.enter("inner", "runs");
    RawClient waits = app.enter("inner", "waits");
    backend.next();
    String b1 = "'b1':{'url':'" + backend.url() + "','capacity':5}";
    STAGE.admin().put(app.api(), "{'backends':{" + b1 + "}}").expect(200);
    assertThat(backend.next().target()).isEqualTo(app.path("waits"));
    backend.open();
    assertThat(waits.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void aLargerLimitAndTimeoutCountAtOnce() {
    TestDirector app = director("'queue-limit':1");
    app.enter("vip", "runs");
    app.enter("vip", "waits");
    app.post("{'queue-limit': 2}").expect(200);
    app.enter("vip", "waits-too");
    assertThat(app.queued()).isEqualTo(2);
    assertThat(app.send("over").read().reason()).isEqualTo("queue-full");
  }
}
