package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.endpoint.Endpoint;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to the director of their Host and port. */
class OnDemandTest extends WireTest {
  private static final Endpoint ENDPOINT = new Endpoint("example.org", 80);

  /** What the template was asked for, and what it says in turn. */
  private final Queue<Endpoint> wanted = new ConcurrentLinkedQueue<>();

  private final Queue<FromTemplate> found = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void route() {
    rig.routes = exchange -> new Classification.OnDemand(ENDPOINT, "vip");
    rig.template =
        endpoint -> {
          wanted.add(endpoint);
          FromTemplate next = found.poll();
          return next == null ? new FromTemplate.Nobody() : next;
        };
  }

  private void serve() throws Exception {
    Wire server = backend.take();
    server.head();
    server.send(OK);
  }

  @Test
  void theOwnerIsFoundWithoutTheTemplateAndTheTagCounts() throws Exception {
    rig.owners.put(ENDPOINT, director);
    try (Wire client = rig.client()) {
      client.send(GET);
      serve();
      assertThat(client.response()).endsWith("ok").contains("X-Director-Bucket: vip");
    }
    assertThat(wanted).isEmpty();
  }

  @Test
  void theTemplateMakesTheOwner() throws Exception {
    found.add(new FromTemplate.Made(director));
    try (Wire client = rig.client()) {
      client.send(GET);
      serve();
      assertThat(client.response()).endsWith("ok");
    }
    assertThat(wanted).containsExactly(ENDPOINT);
  }

  @Test
  void theLimitHasItsOwnReasonAndTheTemplatesRetryAfter() throws Exception {
    found.add(new FromTemplate.LimitReached(Duration.ofMillis(2_500)));
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response())
          .startsWith("HTTP/1.1 503 ")
          .contains("X-Director-Reason: on-demand-limit", "Retry-After: 3\r\n");
    }
  }

  @Test
  void aRequestWhoseDirectorWentMeanwhileGoesToTheNextOne() throws Exception {
    FakeDirector gone = new FakeDirector(settings());
    gone.refuses = Reason.NO_DIRECTOR;
    rig.owners.put(ENDPOINT, gone);
    found.add(new FromTemplate.Made(director));
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 5\r\n\r\nhello");
      Wire server = backend.take();
      server.head();
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
    assertThat(gone.events).containsExactly("refused");
  }

  @Test
  void aRequestAsksOnceMoreAndNoMore() throws Exception {
    FakeDirector gone = new FakeDirector(settings());
    gone.refuses = Reason.NO_DIRECTOR;
    rig.owners.put(ENDPOINT, gone);
    found.add(new FromTemplate.Made(gone));
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response()).startsWith("HTTP/1.1 503 ").contains("no-director");
      assertThat(wanted).hasSize(1);
      client.send(GET);
      assertThat(client.response()).contains("no-director");
      assertThat(wanted).hasSize(2);
      found.add(new FromTemplate.LimitReached(Duration.ZERO));
      client.send(GET);
      assertThat(client.response()).contains("on-demand-limit", "Retry-After: 10\r\n");
    }
  }

  @Test
  void aWaiterWhoseDirectorGoesWaitsAtTheNextOneUntilItsClientLeaves() throws Exception {
    FakeDirector gone = new FakeDirector(settings());
    gone.holds = true;
    director.holds = true;
    rig.owners.put(ENDPOINT, gone);
    found.add(new FromTemplate.Made(director));
    try (Wire client = rig.client()) {
      client.send(GET);
      org.awaitility.Awaitility.await().until(() -> gone.events.contains("queued"));
      gone.refuseFirst(Reason.NO_DIRECTOR);
      awaitEvents("queued");
    }
    awaitEvents("queued", "cancelled");
    assertThat(gone.events).containsExactly("queued");
  }

  @Test
  void otherRefusalsAreNotAskedAgain() throws Exception {
    rig.owners.put(ENDPOINT, director);
    director.refuses = Reason.QUEUE_FULL;
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response()).contains("queue-full");
    }
    assertThat(wanted).isEmpty();
  }

  @Test
  void aDirectorThatARouteNamesIsNotAskedForAgain() throws Exception {
    rig.routes = exchange -> new Classification.ToDirector("app", null, null);
    director.refuses = Reason.NO_DIRECTOR;
    try (Wire client = rig.client()) {
      client.send(GET);
      assertThat(client.response()).contains("no-director");
    }
    assertThat(wanted).isEmpty();
  }
}
