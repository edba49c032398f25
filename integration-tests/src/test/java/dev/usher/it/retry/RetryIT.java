package dev.usher.it.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryIT {
  /** Far longer than a test, so that a backend that went offline stays so. */
  private static final String NO_PROBE = "'interval':'1h'";

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend bad = STAGE.backend();
  private final GateBackend good = STAGE.backend();

  /** The standby gets only what the bad one does not take. */
  private TestDirector director(String settings) {
    return STAGE
        .director()
        .healthCheck(NO_PROBE)
        .set(settings)
        .backend("bad", bad, 5)
        .backend("good", good, 5, "standby")
        .create();
  }

  static Stream<Named<Consumer<Arrival>>> failuresBeforeTheFirstByte() {
    return Stream.of(Named.of("reset", Arrival::reset), Named.of("closed", Arrival::hangUp));
  }

  @ParameterizedTest
  @MethodSource("failuresBeforeTheFirstByte")
  void aRequestThatFailsBeforeTheFirstByteGoesToAnotherBackend(Consumer<Arrival> failure) {
    bad.script(failure);
    good.open();
    TestDirector app = director("'max-retry-count':3");
    Answer answer = app.send("x").read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.get("X-Director-Backend")).isEqualTo("good");
    assertThat(bad.total()).isEqualTo(1);
    assertThat(app.health("bad")).isEqualTo("offline");
    assertThat(app.capacity()).isEqualTo(5);
    app.awaitRest();
  }

  @Test
  void aRefusedConnectionSendsTheRequestToAnotherBackend() {
    bad.refuse();
    good.open();
    TestDirector app = director("'max-retry-count':3");
    assertThat(app.send("x").read().get("X-Director-Backend")).isEqualTo("good");
    assertThat(app.health("bad")).isEqualTo("offline");
    app.awaitRest();
  }

  @Test
  void aPostIsRepeatedWhenItWasNeverSent() {
    bad.refuse();
    good.open();
    TestDirector app = director("'max-retry-count':3");
    Answer answer = STAGE.client().post(app.path("x"), "body").read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(good.all().get(0).bodyText()).isEqualTo("body");
  }

  @Test
  void aLargePostIsRepeatedWhenItWasNeverSent() {
    bad.refuse();
    good.open();
    TestDirector app = director("'max-retry-count':3");
    assertThat(STAGE.client().post(app.path("x"), "x".repeat(300_000)).read().status())
        .isEqualTo(200);
    assertThat(good.all().get(0).body().count()).isEqualTo(300_000);
  }

  @ParameterizedTest
  @MethodSource("failuresBeforeTheFirstByte")
  void aPostThatWasSentIsNotRepeated(Consumer<Arrival> failure) {
    bad.script(failure);
    TestDirector app = director("'max-retry-count':3");
    Answer answer = STAGE.client().post(app.path("x"), "body").read();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.reason()).isEqualTo("connection-reset");
    app.awaitRest();
    assertThat(good.total()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failuresBeforeTheFirstByte")
  void aPostWithoutABodyThatWasSentIsNotRepeated(Consumer<Arrival> failure) {
    bad.script(failure);
    TestDirector app = director("'max-retry-count':3");
    Answer answer = STAGE.client().head("POST", app.path("x"), "Content-Length: 0").read();
    assertThat(answer.status()).isEqualTo(502);
    app.awaitRest();
    assertThat(good.total()).isZero();
  }

  @Test
  void aBodyOfWhichMoreWasSentThanIsKeptIsNotRepeated() {
    TestDirector app = director("'max-retry-count':3,'retry-buffer':'5B'");
    RawClient client =
        STAGE.client().head("PUT", app.path("x"), "Content-Length: 100").send("a part");
    Arrival arrival = bad.next();
    Await.until("a part has arrived", () -> arrival.body().count() == 6);
    arrival.reset();
    assertThat(client.read().status()).isEqualTo(502);
    app.awaitRest();
    assertThat(good.total()).isZero();
  }

  @Test
  void aBodyThatWasPartlySentIsSentFromItsBeginning() {
    TestDirector app = director("'max-retry-count':3");
    RawClient client =
        STAGE.client().head("PUT", app.path("x"), "Content-Length: 13").send("a part");
    Arrival arrival = bad.next();
    Await.until("a part has arrived", () -> arrival.body().count() == 6);
    arrival.reset();
    Arrival again = good.next();
    client.send(" or all");
    assertThat(again.bodyText()).isEqualTo("a part or all");
    again.answer();
    assertThat(client.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @ParameterizedTest
  @CsvSource({"65536, 200", "65537, 502"})
  void aBodyThatWasSentWholeIsSentAgainIfItFitsTheBuffer(int bytes, int status) {
    bad.script(Arrival::reset);
    good.open();
    TestDirector app = director("'retry-on':['reset']");
    byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.UTF_8);
    RawClient client = STAGE.client().head("PUT", app.path("x"), "Content-Length: " + bytes);
    assertThat(client.send(body, bytes).read().status()).isEqualTo(status);
    assertThat(good.total()).isEqualTo(status == 200 ? 1 : 0);
    assertThat(good.all()).allSatisfy(each -> assertThat(each.body().count()).isEqualTo(bytes));
    app.awaitRest();
  }

  @Test
  void aPostThatWasSentIsRepeatedWhereThatIsAllowed() {
    bad.script(Arrival::reset);
    good.open();
    TestDirector app = director("'retry-non-idempotent':true");
    assertThat(STAGE.client().post(app.path("x"), "body").read().status()).isEqualTo(200);
    assertThat(good.all().get(0).bodyText()).isEqualTo("body");
    app.awaitRest();
  }

  @Test
  void aStatusThatRetryOnSaysGoesToAnotherBackend() {
    bad.script(arrival -> arrival.answer(503, "no"));
    good.open();
    TestDirector app = director("'retry-on':['connect','503']");
    assertThat(app.send("x").read().get("X-Director-Backend")).isEqualTo("good");
    app.awaitRest();
    app.post("{'retry-on':['connect']}").expect(200);
    Answer answer = app.send("y").read();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.get("X-Director-Backend")).isEqualTo("bad");
    assertThat(answer.text()).isEqualTo("no");
  }

  @Test
  void nothingIsRepeatedWhereRetryOnIsEmpty() {
    bad.refuse();
    TestDirector app = director("'retry-on':[]");
    Answer answer = app.send("x").read();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.reason()).isEqualTo("connect-failed");
    app.awaitRest();
    assertThat(good.total()).isZero();
  }

  @Test
  void whenEveryBackendFailsAttemptsAreAtMostAFifthMoreThanRequests() {
    List.of(bad, good).forEach(backend -> backend.script(arrival -> arrival.answer(503, "no")));
    TestDirector app = director("'retry-on':[503],'retry-budget-min':0,'max-retry-count':9");
    int refused = 0;
    RawClient client = STAGE.client();
    for (int i = 0; i < 100; i++) {
      Answer answer = client.get(app.path("r" + i)).read();
      assertThat(answer.status()).isEqualTo(503);
      refused += answer.reason().equals("retry-budget") ? 1 : 0;
    }
    app.awaitRest();
    assertThat(refused).isEqualTo(100);
    assertThat(bad.total() + good.total()).isBetween(110, 120);
  }

  @Test
  void aRetryIsNotMadeAfterTheDeadline() {
    bad.script(arrival -> arrival.answer(503, "no"));
    TestDirector app = director("'retry-on':[503]");
    RawClient client = app.send("x", "X-Request-Deadline-Ms: 400");
    Arrival second = good.next();
    assertThat(Integer.parseInt(second.head().get("X-Request-Deadline-Ms"))).isLessThan(400);
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.reason()).isEqualTo("deadline");
    app.awaitRest();
  }

  @Test
  void aRequestIsNotRepeatedOnceItsResponseHasBegun() {
    TestDirector app = director("'max-retry-count':3");
    RawClient client = app.send("x");
    Arrival arrival = bad.next();
    arrival.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf!");
    assertThat(client.readBytes(12)).isEqualTo("HTTP/1.1 200");
    arrival.reset();
    client.readToEnd();
    app.awaitRest();
    assertThat(good.total()).isZero();
  }

  @Test
  void triesAtMostMaxRetryCountFurtherBackends() {
    GateBackend third = STAGE.backend();
    List.of(bad, good, third).forEach(backend -> backend.script(Arrival::reset));
    TestDirector app =
        STAGE
            .director()
            .healthCheck(NO_PROBE)
            .set("'max-retry-count':1,'retry-after':'4s'")
            .backend("b1", bad, 5)
            .backend("b2", good, 5)
            .backend("b3", third, 5)
            .create();
    Answer answer = app.send("x").read();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo("retries-exhausted");
    assertThat(answer.get("Retry-After")).isEqualTo("4");
    assertThat(bad.total() + good.total() + third.total()).isEqualTo(2);
    app.awaitRest();
  }

  @Test
  void withoutRetriesTheFirstFailureIsTheEnd() {
    bad.script(Arrival::reset);
    TestDirector app = director("'max-retry-count':0");
    assertThat(app.send("x").read().status()).isIn(502, 503);
    assertThat(good.total()).isZero();
  }

  @Test
  void aRepeatedRequestKeepsItsPlaceByAge() {
    TestDirector app =
        STAGE
            .director()
            .healthCheck(NO_PROBE)
            .backend("bad", bad, 1)
            .backend("good", good, 1, "standby")
            .create();
    RawClient oldest = app.enter("root", "oldest");
    app.enter("root", "second");
    Arrival failing = bad.next();
    Arrival second = good.next();
    app.enter("root", "third");
    app.enter("root", "fourth");
    failing.reset();
    app.awaitQueued(3);
    second.answer();
    Arrival next = good.next();
    assertThat(next.target()).isEqualTo(app.path("oldest"));
    next.answer();
    assertThat(oldest.read().status()).isEqualTo(200);
    assertThat(good.next().target()).isEqualTo(app.path("third"));
  }

  @Test
  void allWhoWaitAreServedByTheBackupWhenTheActiveDies() {
    TestDirector app =
        STAGE
            .director()
            .healthCheck(NO_PROBE)
            .backend("active", bad, 20)
            .backend("backup", good, 20, "backup")
            .create();
    good.open();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 520; i++) {
      clients.add(app.send("r" + i));
    }
    app.awaitQueued(500);
    Await.until("the active is full", () -> bad.inFlightCount() == 20);
    bad.die();
    for (RawClient client : clients) {
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.get("X-Director-Backend")).isEqualTo("backup");
    }
    assertThat(good.maxInFlight()).isLessThanOrEqualTo(20);
    assertThat(good.total()).isEqualTo(520);
    app.awaitRest();
  }
}
