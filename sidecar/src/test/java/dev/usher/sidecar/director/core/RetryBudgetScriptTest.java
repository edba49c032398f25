package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.ask;
import static dev.usher.sidecar.director.core.Scripts.remove;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.stats.Retries;
import dev.usher.unit.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retries are a part of their bucket's requests. */
class RetryBudgetScriptTest {
  private static void budget(DirectorKit kit, int percent, int min) {
    Share.Percent share = new Share.Percent(percent * 1_000_000L);
    kit.change(
        settings(
            s ->
                s.edit()
                    .maxRetryCount(100)
                    .retry(new RetrySpec(s.retry().on(), share, min, 0, false))
                    .build()));
  }

  @Test
  void when_every_backend_fails_attempts_are_at_most_a_fifth_more_than_requests() {
    DirectorKit kit =
        new DirectorKit(
            spec(
                List.of(active("a", 1_000), active("b", 1_000)),
                BucketSpec.of("vip", "50%", "100%")));
    budget(kit, 20, 0);
    int attempts = 0;
    for (int request = 0; request < 1_000; request++) {
      Asked asked = kit.ask("vip");
      while (asked.isGranted()) {
        attempts++;
        asked.retry(Outcome.BROKEN);
      }
      assertThat(asked.state()).isEqualTo("retry-budget");
      kit.time.advanceMillis(20);
    }
    assertThat(attempts).isBetween(1_190, 1_200);
    assertThat(kit.director.view().load().current()).isZero();
    assertThat(kit.director.view().shaper().actual()).isZero();
  }

  @Test
  void three_retries_a_second_are_let_in_however_few_requests_there_are() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1_000))));
    budget(kit, 20, 3);
    Asked asked = kit.ask(null);
    for (int i = 0; i < 3; i++) {
      asked.retry(Outcome.BROKEN);
      assertThat(asked.state()).isEqualTo("a");
    }
    asked.retry(Outcome.BROKEN);
    assertThat(asked.state()).isEqualTo("retry-budget");
  }

  @Test
  void each_bucket_has_its_own_budget() {
    DirectorKit kit =
        new DirectorKit(
            spec(
                List.of(active("a", 1_000)),
                BucketSpec.of("vip", "50%", "100%"),
                BucketSpec.of("jail", "0%", "100%")));
    budget(kit, 20, 0);
    List<Asked> vips = List.of(kit.ask("vip"), kit.ask("vip"), kit.ask("vip"), kit.ask("vip"));
    Asked jailed = kit.ask("jail");
    jailed.retry(Outcome.BROKEN);
    assertThat(jailed.state()).isEqualTo("retry-budget");
    Asked fifth = kit.ask("vip");
    fifth.retry(Outcome.BROKEN);
    assertThat(fifth.state()).isEqualTo("a");
    vips.get(0).retry(Outcome.BROKEN);
    assertThat(vips.get(0).state()).isEqualTo("retry-budget");
  }

  @Test
  void retries_are_counted_for_their_bucket_and_for_the_director() {
    DirectorKit kit =
        new DirectorKit(spec(List.of(active("a", 1_000)), BucketSpec.of("vip", "50%", "100%")));
    budget(kit, 0, 2);
    Asked asked = kit.ask("vip");
    for (int i = 0; i < 3; i++) {
      asked.retry(Outcome.BROKEN);
    }
    DirectorView view = kit.director.view();
    assertThat(view.retries()).isEqualTo(new Retries(2, 1));
    assertThat(view.shaper().buckets().get(0).stats().retries()).isEqualTo(new Retries(2, 1));
    assertThat(view.shaper().stats().retries()).isEqualTo(Retries.NONE);
    assertThat(view.load().total()).as("attempts").isEqualTo(3);
  }

  @Test
  void requests_that_wait_pay_for_retries_and_those_turned_away_do_not() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    budget(kit, 20, 0);
    kit.change(settings(s -> s.edit().queueLimit(8).build()));
    List<Asked> asked = ask(kit, 100);
    List<Asked> running = asked.subList(0, 2);
    running.forEach(each -> each.retry(Outcome.BROKEN));
    assertThat(running).extracting(Asked::state).as("two of ten").containsExactly("a", "a");
    asked.get(0).retry(Outcome.BROKEN);
    assertThat(asked.get(0).state()).isEqualTo("retry-budget");
  }

  @Test
  void what_a_removed_backend_cuts_goes_elsewhere_whatever_the_budget() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    budget(kit, 0, 0);
    Asked asked = kit.ask(null);
    assertThat(asked.state()).isEqualTo("a");
    remove(kit, "a", true);
    asked.retry(Outcome.BROKEN);
    assertThat(asked.state()).isEqualTo("b");
    assertThat(kit.director.view().retries()).isEqualTo(Retries.NONE);
    asked.retry(Outcome.BROKEN);
    assertThat(asked.state()).isEqualTo("retry-budget");
  }
}
