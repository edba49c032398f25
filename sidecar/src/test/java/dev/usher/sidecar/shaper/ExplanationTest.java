package dev.usher.sidecar.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.shaper.Explanation.Holder;
import dev.usher.sidecar.shaper.Explanation.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static Explanation explain(Requests requests, String bucket) {
    return requests.shaper.explain(requests.bucket(bucket));
  }

  @Test
  void nothingStopsABucketWithoutWaiters() {
    Requests requests = new Requests(10, BucketSpec.of("vip", "10%", "30%"));
    requests.ask("vip");
    assertThat(explain(requests, "vip"))
        .isEqualTo(new Explanation("vip", 0, Limit.NONE, null, 0, 0, 0, List.of()));
  }

  @Test
  void aBucketAtItsOwnCeilIsTheLimit() {
    Requests requests = new Requests(10, BucketSpec.of("vip", "10%", "30%"));
    requests.ask(5, "vip");
    assertThat(explain(requests, "vip"))
        .isEqualTo(
            new Explanation("vip", 2, Limit.CEIL, "vip", 3, 3, 0, List.of(new Holder("vip", 3))));
  }

  @Test
  void aFullParentIsTheLimitAndItsHoldersAreNamedMostFirst() {
    Requests requests =
        new Requests(
            10,
            BucketSpec.of(
                "main",
                "50%",
                "60%",
                BucketSpec.of("upload", "0%", "100%"),
                BucketSpec.of("download", "0%", "100%")),
            BucketSpec.of("vip", "10%", "100%"));
    requests.ask("vip");
    requests.ask("main");
    requests.ask(2, "upload");
    requests.ask(4, "download");
    assertThat(explain(requests, "download"))
        .isEqualTo(
            new Explanation(
                "download",
                1,
                Limit.CEIL,
                "main",
                6,
                6,
                0,
                List.of(
                    new Holder("download", 3), new Holder("upload", 2), new Holder("main", 1))));
  }

  @Test
  void aReserveThatMayNotBeTouchedIsTheLimit() {
    Requests requests =
        new Requests(
            10,
            Requests.lending(BucketSpec.of("vip", "20%", "40%"), "0%"),
            BucketSpec.of("main", "80%", "100%"));
    requests.ask(9, "main");
    assertThat(explain(requests, "main"))
        .isEqualTo(
            new Explanation(
                "main", 1, Limit.RESERVE, "root", 8, 10, 2, List.of(new Holder("main", 8))));
  }

  @Test
  void whatFitsAndWaitsAllTheSameWaitsForABackend() {
    Requests requests = new Requests(10, BucketSpec.of("vip", "20%", "40%"));
    requests.ask(3, "root");
    requests.shaper.enqueue(new Requests.Request("vip"), requests.bucket("vip"), 0);
    assertThat(explain(requests, "vip"))
        .isEqualTo(
            new Explanation(
                "vip", 1, Limit.BACKENDS, null, 3, 10, 0, List.of(new Holder("root", 3))));
  }

  @Test
  void theCostOfTheFirstWaiterCounts() {
    Requests requests = new Requests(10, Requests.costing(BucketSpec.of("big", "0%", "100%"), 4));
    requests.ask(3, "big");
    Explanation why = explain(requests, "big");
    assertThat(why.limitingBucket()).isEqualTo("big");
    assertThat(why.limitingActual()).isEqualTo(8);
  }
}
