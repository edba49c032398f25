package dev.usher.sidecar.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.shaper.Requests.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of tokens, waiters and statistics when a new tree takes the old one's place. */
class ReshapeTest {
  private static final BucketSpec UPLOAD = BucketSpec.of("upload", "50%", "100%");
  private static final BucketSpec MAIN = BucketSpec.of("main", "50%", "100%", UPLOAD);
  private static final BucketSpec VIP = BucketSpec.of("vip", "10%", "100%");

  @Test
  void aBucketThatMovesKeepsItsTokensWaitersAndStatistics() {
    Requests requests = new Requests(2, MAIN, VIP);
    Bucket upload = requests.bucket("upload");
    Request held = requests.ask("upload");
    requests.ask(2, "upload");
    requests.shaper.reshape(List.of(MAIN.withBuckets(List.of()), VIP.withBuckets(List.of(UPLOAD))));
    assertThat(requests.bucket("upload")).isSameAs(upload);
    assertThat(requests.view("main").actual()).isZero();
    assertThat(requests.view("vip").actual()).isEqualTo(2);
    assertThat(requests.view("upload").queued()).isEqualTo(1);
    assertThat(requests.view("upload").stats().granted()).isEqualTo(2);
    requests.shaper.release(held);
    assertThat(requests.drain()).containsExactly("upload");
  }

  @Test
  void aRemovedBucketLeavesItsTokensToItsNearestFormerParentThatLives() {
    Requests requests = new Requests(4, MAIN, VIP);
    Bucket upload = requests.bucket("upload");
    Request held = requests.ask("upload");
    requests.shaper.reshape(List.of(MAIN.withBuckets(List.of()), VIP));
    assertThat(upload.isRemoved()).isTrue();
    assertThat(held.bucket()).isSameAs(requests.bucket("main"));
    assertThat(requests.view("main").own()).isEqualTo(1);
    requests.shaper.reshape(List.of(VIP));
    assertThat(held.bucket()).isSameAs(requests.shaper.root());
    assertThat(requests.view("root").own()).isEqualTo(1);
    requests.shaper.release(held);
    assertThat(requests.view("root").actual()).isZero();
    assertThat(held.isHolding()).isFalse();
  }

  @Test
  void waitersOfARemovedBucketGoInByAge() {
    Requests requests = new Requests(0, MAIN, VIP);
    for (String name : List.of("main", "upload", "upload", "main", "vip", "upload")) {
      requests.ask(name);
    }
    requests.shaper.reshape(List.of(MAIN.withBuckets(List.of()), VIP));
    assertThat(requests.view("main").queued()).isEqualTo(5);
    requests.shaper.reshape(List.of());
    requests.shaper.resize(6);
    assertThat(requests.drain())
        .containsExactly("main", "upload", "upload", "main", "vip", "upload");
  }

  @Test
  void aNewBucketOfAnOldNameIsAnotherBucketAndGetsNothingBack() {
    Requests requests = new Requests(1, VIP);
    Bucket former = requests.bucket("vip");
    Request held = requests.ask("vip");
    requests.shaper.reshape(List.of());
    requests.shaper.reshape(List.of(VIP));
    assertThat(requests.bucket("vip")).isNotSameAs(former);
    assertThat(requests.view("vip").actual()).isZero();
    assertThat(held.bucket()).isSameAs(requests.shaper.root());
  }

  @Test
  void aRemovedBucketStandsForTheOneThatTookOver() {
    Requests requests = new Requests(1, VIP);
    Bucket former = requests.bucket("vip");
    requests.shaper.reshape(List.of());
    Request request = new Request("late");
    assertThat(requests.shaper.tryTake(request, former, 0)).isTrue();
    assertThat(request.bucket()).isSameAs(requests.shaper.root());
    requests.shaper.reject(former);
    assertThat(requests.view("root").stats().rejected()).isEqualTo(1);
  }

  @Test
  void parentAndChildMayChangePlaces() {
    Requests requests = new Requests(4, MAIN);
    requests.ask(2, "upload");
    requests.ask("main");
    requests.shaper.reshape(List.of(UPLOAD.withBuckets(List.of(MAIN.withBuckets(List.of())))));
    assertThat(requests.view("upload").actual()).isEqualTo(3);
    assertThat(requests.view("upload").own()).isEqualTo(2);
    assertThat(requests.view("main").actual()).isEqualTo(1);
  }
}
