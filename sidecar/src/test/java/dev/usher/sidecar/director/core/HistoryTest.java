package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.stats.RatePerSecond;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests per second of backends, buckets and the director are exact to the request. */
class HistoryTest {
  private static final long SEED = 11;
  private static final int REQUESTS = 20_000;

  private final Random random = new Random(SEED);
  private final DirectorKit kit =
      new DirectorKit(
          spec(
              List.of(active("a", 3), active("b", 2)),
              BucketSpec.of("vip", "50%", "100%"),
              BucketSpec.of("jail", "10%", "50%")));

  /** What was counted by hand: who, and in which second. */
  private final Map<String, Map<Long, Integer>> counted = new HashMap<>();

  @Test
  void they_are_what_was_counted_by_hand() {
    for (int i = 0; i < REQUESTS; i++) {
      kit.time.advanceMillis(random.nextInt(40) == 0 ? random.nextInt(9_000) : random.nextInt(60));
      if (random.nextInt(5) == 0) {
        grantedOrGone(kit.pin("b"), "nobody");
      } else {
        String bucket = List.of("root", "vip", "jail").get(random.nextInt(3));
        grantedOrGone(kit.ask(bucket.equals("root") ? null : bucket), bucket);
      }
      if (i % 50 == 0) {
        compare();
      }
    }
  }

  private void grantedOrGone(Asked asked, String bucket) {
    count(asked, bucket);
    if (asked.isGranted() && random.nextInt(3) == 0) {
      asked.retry(Outcome.BROKEN);
      count(asked, bucket);
    }
    if (asked.isGranted()) {
      asked.lease().close(Outcome.SERVED);
    }
  }

  private void count(Asked asked, String bucket) {
    if (asked.isGranted()) {
      List.of("director", "bucket " + bucket, "backend " + asked.state())
          .forEach(
              who ->
                  counted.computeIfAbsent(who, x -> new HashMap<>()).merge(now(), 1, Integer::sum));
    }
  }

  private long now() {
    return Math.floorDiv(kit.time.nanos(), 1_000_000_000L);
  }

  private void compare() {
    DirectorView view = kit.director.view();
    compare("director", view.requestsPerSecond());
    compare("bucket root", view.shaper().requestsPerSecond());
    view.shaper()
        .buckets()
        .forEach(bucket -> compare("bucket " + bucket.name(), bucket.requestsPerSecond()));
    view.backends()
        .forEach(
            backend -> compare("backend " + backend.spec().name(), backend.requestsPerSecond()));
  }

  private void compare(String who, RatePerSecond rate) {
    Map<Long, Integer> known = counted.getOrDefault(who, Map.of());
    int sum = 0;
    int max = 0;
    for (int i = 0; i < 60; i++) {
      int count = known.getOrDefault(now() - 60 + i, 0);
      assertThat(rate.history().get(i))
          .as("%s, %d s ago, seed %d", who, 60 - i, SEED)
          .isEqualTo(count);
      sum += count;
      max = Math.max(max, count);
    }
    assertThat(rate.current()).isEqualTo(known.getOrDefault(now() - 1, 0));
    assertThat(rate.max()).isEqualTo(max);
    assertThat(rate.average()).isEqualTo(sum / 60.0);
  }
}
