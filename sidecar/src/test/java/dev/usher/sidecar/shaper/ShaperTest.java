package dev.usher.sidecar.shaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.shaper.Requests.Request;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of the design, and what each call promises. */
class ShaperTest {
  private static final BucketSpec VIP = BucketSpec.of("vip", "10%", "30%");
  private static final BucketSpec MAIN =
      BucketSpec.of("main", "50%", "70%", BucketSpec.of("upload", "50%", "50%"));

  @ParameterizedTest(name = "capacity {0}: {1} gets {2} to {3}")
  @CsvSource({
    "10, vip, 1, 3",
    "10, main, 5, 7",
    "10, upload, 2, 3",
    "3, vip, 1, 1",
    "3, main, 1, 2",
    "0, vip, 0, 0",
    "0, main, 0, 0"
  })
  void percentagesBecomeTokens(int capacity, String name, int rate, int ceil) {
    BucketView view = new Requests(capacity, VIP, MAIN).view(name);
    assertThat(view.rate()).isEqualTo(rate);
    assertThat(view.ceil()).isEqualTo(ceil);
  }

  @ParameterizedTest(name = "{0} with {3} held gets {1} to {2} and has borrowed {4}")
  @CsvSource({
    "VIP, 5, 20, 3, 0",
    "Upload, 5, 10, 7, 2",
    "Backend, 1, 10, 0, 0",
    "Jail, 1, 5, 2, 1",
  })
  void theFourClassesOfAHundredTokens(String name, int rate, int ceil, int held, int overrate) {
    Requests requests =
        new Requests(
            100,
            BucketSpec.of("VIP", "5%", "20%"),
            BucketSpec.of("Upload", "5%", "10%"),
            BucketSpec.of("Backend", "1t", "10t"),
            BucketSpec.of("Jail", "1t", "5t"));
    assertThat(requests.ask(held, name)).allMatch(Waiter::isHolding);
    BucketView view = requests.view(name);
    assertThat(List.of(view.rate(), view.ceil(), view.overrate()))
        .containsExactly(rate, ceil, overrate);
  }

  @Test
  void tenBucketsOfTenPercentFillTheParent() {
    Requests requests =
        new Requests(
            10,
            IntStream.range(0, 10)
                .mapToObj(i -> BucketSpec.of("t" + i, "10%", "100%"))
                .toArray(BucketSpec[]::new));
    assertThat(requests.shaper.view(0).buckets()).allMatch(bucket -> bucket.rate() == 1);
  }

  @Test
  void twentyNinePercentOfAHundredIsTwentyNine() {
    assertThat(new Requests(100, BucketSpec.of("b", "29%", "29%")).view("b").rate()).isEqualTo(29);
  }

  @Test
  void tokenRatesThatDoNotFitAreCutInProportionAndTheParentSaysSo() {
    Requests requests =
        new Requests(10, BucketSpec.of("a", "15t", "100%"), BucketSpec.of("b", "5t", "100%"));
    assertThat(requests.view("a").rate()).isEqualTo(8);
    assertThat(requests.view("b").rate()).isEqualTo(2);
    assertThat(requests.view("root").oversubscribed()).isTrue();
    requests.shaper.resize(20);
    assertThat(requests.view("a").rate()).isEqualTo(15);
    assertThat(requests.view("root").oversubscribed()).isFalse();
  }

  @Test
  void assuredComesBeforeLoansAndLoansGoByPriorityAndThenByWhatIsHeld() {
    BucketSpec a = Requests.priority(BucketSpec.of("a", "1t", "100%"), 1);
    BucketSpec b = Requests.priority(BucketSpec.of("b", "1t", "100%"), 1);
    BucketSpec c = Requests.priority(BucketSpec.of("c", "1t", "100%"), 5);
    Requests requests = new Requests(12, a, b, c);
    List<Request> held = requests.ask(12, "a");
    for (String name : List.of("c", "b", "a")) {
      assertThat(requests.ask(12, name)).noneMatch(Waiter::isHolding);
    }
    assertThat(requests.release(held.subList(0, 7))).startsWith("b", "c", "b", "b", "b").hasSize(7);
  }

  @Test
  void aReserveIsKeptFree() {
    Requests requests =
        new Requests(
            10,
            Requests.lending(BucketSpec.of("vip", "20%", "40%"), "0%"),
            BucketSpec.of("main", "80%", "100%"));
    assertThat(requests.ask(12, "main")).filteredOn(Waiter::isHolding).hasSize(8);
    assertThat(requests.ask(3, "vip")).filteredOn(Waiter::isHolding).hasSize(2);
  }

  @Test
  void untaggedRequestsLiveOnTheRestAndAreAssuredIt() {
    Requests requests = new Requests(10, BucketSpec.of("vip", "20%", "100%"));
    List<Request> held = requests.ask(10, "vip");
    for (int i = 0; i < 9; i++) {
      requests.ask("vip");
      requests.ask("root");
    }
    List<String> granted = requests.release(held.subList(0, 9));
    assertThat(granted).hasSize(9).endsWith("vip");
    assertThat(granted.subList(0, 8)).containsOnly("root");
    assertThat(requests.view("root").own()).isEqualTo(8);
  }

  @Test
  void whoBorrowsFromTheParentComesBeforeWhoBorrowsFromTheRootWhateverThePriorities() {
    Requests requests =
        new Requests(
            10,
            BucketSpec.of("vip", "10%", "100%"),
            BucketSpec.of(
                "main",
                "50%",
                "100%",
                Requests.priority(BucketSpec.of("upload", "20%", "100%"), 7)));
    List<Request> held = requests.ask(10, "vip");
    requests.ask(4, "vip");
    requests.ask(8, "upload");
    assertThat(requests.release(held.subList(0, 6)))
        .containsExactly("upload", "upload", "upload", "upload", "upload", "vip");
  }

  @Test
  void championsMeetSideBySideWhereComparingLeavesWouldGoRoundInACircle() {
    Requests requests =
        new Requests(
            12,
            Requests.weighing(
                BucketSpec.of(
                    "main",
                    "0%",
                    "100%",
                    Requests.weighing(BucketSpec.of("a", "0%", "100%"), 1),
                    Requests.weighing(BucketSpec.of("b", "0%", "100%"), 1)),
                1),
            Requests.weighing(BucketSpec.of("c", "0%", "100%"), 1));
    List<Request> untagged = requests.ask(6, "root");
    requests.ask(2, "a");
    requests.ask(1, "b");
    requests.ask(3, "c");
    requests.ask("a");
    requests.ask("c");
    requests.ask("b");
    requests.shaper.release(untagged.get(0));
    // main and c hold 3 each. a is older than c and c older than b, but b holds less than a: main
    // sends b, and b is younger than c.
    assertThat(requests.drain()).containsExactly("c");
  }

  @Test
  void nobodyOvertakesInsideABucket() {
    Requests requests = new Requests(2, Requests.costing(VIP, 1), MAIN);
    List<Request> held = requests.ask(2, "root");
    Request first = requests.ask("root");
    requests.shaper.release(held.get(0));
    assertThat(requests.shaper.tryTake(new Request("late"), requests.bucket("root"), 0)).isFalse();
    assertThat(requests.shaper.next(0)).isSameAs(first);
  }

  @Test
  void aRetriedRequestKeepsItsPlaceByAge() {
    Requests requests = new Requests(1);
    Request first = requests.ask("root");
    Request second = requests.ask("root");
    requests.shaper.release(first);
    requests.ask(first, "root");
    assertThat(requests.shaper.next(0)).isSameAs(first);
    assertThat(second.isWaiting()).isTrue();
  }

  @Test
  void aRequestHoldsAsManyTokensAsItCosts() {
    Requests requests = new Requests(5, Requests.costing(BucketSpec.of("b", "100%", "100%"), 2));
    List<Request> asked = requests.ask(3, "b");
    assertThat(asked).filteredOn(Waiter::isHolding).hasSize(2);
    assertThat(requests.view("root").actual()).isEqualTo(4);
    requests.shaper.release(asked.get(0));
    assertThat(requests.drain()).hasSize(1);
  }

  @Test
  void whatCanNeverFitWaitsAndLetsOtherBucketsPass() {
    Requests requests =
        new Requests(3, Requests.costing(BucketSpec.of("big", "0%", "100%"), 5), VIP);
    Request big = requests.ask("big");
    assertThat(requests.ask("vip").isHolding()).isTrue();
    assertThat(requests.drain()).isEmpty();
    requests.shaper.cancel(big, Departure.TIMED_OUT);
    assertThat(requests.shaper.waiting()).isZero();
    assertThat(requests.view("big").stats().timedOut()).isEqualTo(1);
  }

  @Test
  void aShrunkenCapacityLetsRunningRequestsGoOnAndGrantsNothingUntilThereIsRoom() {
    Requests requests = new Requests(4);
    List<Request> held = requests.ask(4, "root");
    requests.ask("root");
    requests.shaper.resize(2);
    assertThat(requests.view("root").actual()).isEqualTo(4);
    assertThat(requests.release(held.subList(0, 2))).isEmpty();
    assertThat(requests.release(held.subList(2, 3))).hasSize(1);
  }

  @Test
  void aTokenIsGivenBackOnce() {
    Requests requests = new Requests(1);
    Request request = requests.ask("root");
    requests.shaper.release(request);
    assertThatThrownBy(() -> requests.shaper.release(request))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("waiter: want HOLDING, got IDLE");
    assertThat(requests.view("root").actual()).isZero();
  }

  @Test
  void aWaiterCannotAskTwiceNorLeaveTwiceNorGiveBackWhatItHasNot() {
    Requests requests = new Requests(0);
    Request request = requests.ask("root");
    assertThatThrownBy(() -> requests.ask(request, "root"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> requests.shaper.release(request))
        .isInstanceOf(IllegalStateException.class);
    requests.shaper.cancel(request, Departure.CANCELLED);
    assertThatThrownBy(() -> requests.shaper.cancel(request, Departure.CANCELLED))
        .isInstanceOf(IllegalStateException.class);
    assertThat(request.bucket()).isNull();
    assertThat(requests.view("root").stats().cancelled()).isEqualTo(1);
  }

  @Test
  void aNameMayBeUsedOnceAndNeverForTheRoot() {
    Requests requests = new Requests(1, VIP);
    for (List<BucketSpec> wrong :
        List.of(
            List.of(VIP, VIP),
            List.of(BucketSpec.of("x", "0%", "1t", VIP), VIP),
            List.of(BucketSpec.root(List.of())))) {
      assertThatThrownBy(() -> requests.shaper.reshape(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("once");
    }
    assertThat(requests.bucket("vip").isRemoved()).isFalse();
    assertThatThrownBy(() -> requests.shaper.resize(-1)).hasMessageContaining("capacity");
  }
}
