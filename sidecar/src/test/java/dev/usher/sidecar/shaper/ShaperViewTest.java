package dev.usher.sidecar.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.shaper.Requests.Request;
import dev.usher.sidecar.stats.Retries;
import dev.usher.sidecar.stats.Wait;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShaperViewTest {
  private static final BucketSpec UPLOAD = BucketSpec.of("upload", "50%", "100%");
  private static final BucketSpec MAIN = BucketSpec.of("main", "50%", "100%", UPLOAD);
  private static final BucketSpec VIP = BucketSpec.of("vip", "10%", "30%");

  @Test
  void theRootIsSeenAsABucketOfAHundredPercent() {
    BucketView root = new Requests(10, VIP, MAIN).view("root");
    assertThat(root.spec()).isEqualTo(BucketSpec.root(List.of(VIP, MAIN)));
    assertThat(List.of(root.rate(), root.ceil())).containsExactly(10, 10);
    assertThat(root.buckets()).extracting(BucketView::name).containsExactly("vip", "main");
    assertThat(root.buckets()).extracting(BucketView::spec).containsExactly(VIP, MAIN);
  }

  @Test
  void tokensLoansAndWaitersAreSeenWhereTheyAre() {
    Requests requests = new Requests(10, VIP, MAIN);
    requests.ask(4, "vip");
    requests.ask(2, "main");
    requests.ask(5, "upload");
    assertThat(requests.view("vip").overrate()).isEqualTo(2);
    assertThat(requests.view("vip").queued()).isEqualTo(1);
    assertThat(requests.view("main").actual()).isEqualTo(7);
    assertThat(requests.view("main").own()).isEqualTo(2);
    assertThat(requests.view("main").queued()).isZero();
    assertThat(requests.view("root").actual()).isEqualTo(10);
    assertThat(requests.view("root").own()).isZero();
  }

  @Test
  void grantsAreCountedWithTheirWaits() {
    Requests requests = new Requests(10, VIP);
    List<Request> asked = requests.ask(5, "vip");
    requests.now = 1_000;
    requests.shaper.release(asked.get(1));
    requests.drain();
    requests.shaper.cancel(asked.get(4), Departure.TIMED_OUT);
    requests.shaper.reject(requests.bucket("vip"));
    assertThat(requests.view("vip").stats())
        .isEqualTo(
            new BucketView.Stats(
                4,
                3,
                2,
                1,
                0,
                1,
                Retries.NONE,
                new Wait(1, 0, 0, 0, 0),
                new Wait(3, 0, 1_000, 1_000, 1_000)));
  }

  @Test
  void theWaitOfARetryBeginsWithTheRetry() {
    Requests requests = new Requests(1);
    Request request = requests.ask("root");
    requests.now = 5_000;
    requests.shaper.release(request);
    requests.ask(request, "root");
    assertThat(requests.view("root").stats().assuredWait()).isEqualTo(new Wait(2, 0, 0, 0, 0));
  }

  @Test
  void theWaitBeginsWhenTokensWereFirstAskedFor() {
    Requests requests = new Requests(0);
    Request request = new Request("r");
    requests.shaper.tryTake(request, requests.shaper.root(), 100);
    requests.shaper.enqueue(request, requests.shaper.root(), 150);
    requests.now = 164;
    requests.shaper.resize(1);
    requests.drain();
    assertThat(requests.view("root").stats().assuredWait().maxNanos()).isEqualTo(64);
  }

  @Test
  void everyViewOfAnotherThreadAddsUpWhileTheStrandWorks() throws InterruptedException {
    Requests requests = new Requests(6, VIP, MAIN);
    AtomicBoolean stopped = new AtomicBoolean();
    Thread strand =
        new Thread(
            () -> {
              for (int i = 0; !stopped.get(); i++) {
                List<Request> asked = requests.ask(3, i % 2 == 0 ? "upload" : "vip");
                asked.addAll(requests.ask(4, "main"));
                if (i % 64 == 0) {
                  requests.shaper.reshape(i % 128 == 0 ? List.of(MAIN) : List.of(VIP, MAIN));
                  requests.shaper.reshape(List.of(VIP, MAIN));
                }
                while (!asked.isEmpty()) {
                  Request gone = asked.remove(asked.size() - 1);
                  if (gone.isHolding()) {
                    requests.shaper.release(gone);
                  } else {
                    requests.shaper.cancel(gone, Departure.CANCELLED);
                  }
                }
              }
            });
    strand.start();
    long granted = 0;
    for (int i = 0; i < 20_000; i++) {
      BucketView view = requests.shaper.view(0);
      addsUp(view);
      BucketView main = view.buckets().get(view.buckets().size() - 1);
      assertThat(main.stats().granted()).isGreaterThanOrEqualTo(granted);
      granted = main.stats().granted();
    }
    stopped.set(true);
    strand.join();
    assertThat(requests.view("root").actual()).isZero();
    assertThat(requests.shaper.waiting()).isZero();
  }

  private static void addsUp(BucketView view) {
    int children = view.buckets().stream().mapToInt(BucketView::actual).sum();
    assertThat(view.actual()).isEqualTo(view.own() + children);
    assertThat(view.own()).isNotNegative();
    assertThat(view.queued()).isNotNegative();
    view.buckets().forEach(ShaperViewTest::addsUp);
  }
}
