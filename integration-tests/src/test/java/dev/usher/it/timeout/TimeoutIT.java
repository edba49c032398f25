package dev.usher.it.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.FullPort;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One peer for each timeout, which stalls at that very point; all other timeouts are long. */
class TimeoutIT {
  private static final int LARGE = 64 * 1024 * 1024;

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();

  private TestDirector director(String timeout) {
    return STAGE.director().backend("b1", backend, 1).set(timeout).create();
  }

  private static void assertRefused(Answer answer, int status, String reason) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.complete()).isTrue();
  }

  @Test
  void connectTimeoutEndsTheWaitForAPeerThatAnswersNoSyn() {
    FullPort full = STAGE.keep(FullPort.open());
    TestDirector app =
        STAGE
            .director()
            .backend("b1", full.url(), 1, "active")
            .set("'connect-timeout':'400ms','max-retry-count':0")
            .create();
    Took took = Took.fromNow();
    assertRefused(app.send("x").read(), 503, "retries-exhausted");
    took.atLeastMillis(400);
    app.awaitRest();
    assertThat(app.health("b1")).isEqualTo("offline");
  }

  @Test
  void writeTimeoutEndsTheWaitForAPeerThatReadsNothing() {
    TestDirector app = director("'write-timeout':'400ms'");
    backend.read(false);
    Took took = Took.fromNow();
    RawClient client = STAGE.client().head("POST", app.path("x"), "Content-Length: " + LARGE);
    CompletableFuture<Void> upload =
        CompletableFuture.runAsync(() -> client.send(new byte[LARGE], LARGE));
    assertRefused(client.read(), 504, "backend-timeout");
    took.atLeastMillis(400);
    app.awaitRest();
    client.close();
    // What the sidecar throws away meanwhile may be all of it.
    upload.exceptionally(cut -> null).join();
    assertThat(backend.next().bodyComplete()).isFalse();
  }

  @Test
  void firstByteTimeoutEndsTheWaitForAPeerThatSaysNothing() {
    TestDirector app = director("'first-byte-timeout':'400ms'");
    Took took = Took.fromNow();
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    assertRefused(client.read(), 504, "backend-timeout");
    took.atLeastMillis(400);
    app.awaitRest();
    Await.until("the backend's connection is cut", arrival::gone);
  }

  @Test
  void firstByteTimeoutBeginsWhenTheRequestIsWithThePeer() {
    TestDirector app = director("'first-byte-timeout':'400ms'");
    RawClient client =
        STAGE.client().head("POST", app.path("x"), "Content-Length: 10").send("half!");
    backend.next();
    Await.holds("it may go on", Duration.ofMillis(600), () -> !client.hasAnswer());
    Took took = Took.fromNow();
    client.send("whole");
    assertRefused(client.read(), 504, "backend-timeout");
    took.atLeastMillis(400);
    app.awaitRest();
  }

  @Test
  void readTimeoutEndsTheWaitForAPeerThatStopsInItsHead() {
    TestDirector app = director("'read-timeout':'400ms','first-byte-timeout':'20s'");
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    Await.holds("it may think", Duration.ofMillis(600), () -> !client.hasAnswer());
    Took took = Took.fromNow();
    arrival.write("HTTP/1.1 200 OK\r\nX-Half:");
    assertRefused(client.read(), 504, "backend-timeout");
    took.atLeastMillis(400);
    app.awaitRest();
  }

  @Test
  void readTimeoutEndsTheWaitForAPeerThatStopsInItsBody() {
    TestDirector app = director("'read-timeout':'400ms'");
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    Took took = Took.fromNow();
    arrival.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
    Answer answer = client.read();
    took.atLeastMillis(400);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.complete()).isFalse();
    assertThat(answer.text()).isEqualTo("hello");
    app.awaitRest();
  }

  @Test
  void requestTimeoutEndsAResponseThatTricklesForEver() {
    TestDirector app = director("'request-timeout':'700ms','read-timeout':'400ms'");
    ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    STAGE.keep(trickle::shutdownNow);
    Took took = Took.fromNow();
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    var unused = trickle.scheduleWithFixedDelay(() -> drip(arrival), 0, 50, TimeUnit.MILLISECONDS);
    Answer answer = client.read();
    took.atLeastMillis(700);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.complete()).isFalse();
    assertThat(answer.text()).startsWith("xxx");
    app.awaitRest();
    Await.until("the backend's connection is cut", arrival::gone);
    assertThat(app.health("b1")).isEqualTo("online");
  }

  private static void drip(Arrival arrival) {
    try {
      arrival.write("x");
    } catch (UncheckedIOException cut) {
      throw new IllegalStateException("no more of it", cut);
    }
  }

  @Test
  void requestTimeoutEndsARequestThatIsNotAnswered() {
    TestDirector app = director("'request-timeout':'400ms'");
    Took took = Took.fromNow();
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    assertRefused(client.read(), 504, "deadline");
    took.atLeastMillis(400);
    app.awaitRest();
    Await.until("the backend's connection is cut", arrival::gone);
    assertThat(app.health("b1")).isEqualTo("online");
  }

  @Test
  void queueTimeoutEndsTheWaitForAFullDirector() {
    TestDirector app = director("'queue-timeout':'400ms'");
    RawClient runs = app.enter("root", "runs");
    Took took = Took.fromNow();
    assertRefused(app.send("waits").read(), 503, "queue-timeout");
    took.atLeastMillis(400);
    backend.next().answer();
    assertThat(runs.read().status()).isEqualTo(200);
    app.awaitRest();
    assertThat(backend.total()).isEqualTo(1);
  }
}
