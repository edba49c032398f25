package dev.usher.sidecar.shaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.sidecar.shaper.Requests.Request;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Classes of requests over simulated time: who holds how much, and who waits how long. */
class SimulatedTimeTest {
  private static final long MILLI = 1_000_000;

  /** A request at its backend until then. */
  private record Running(long untilNanos, Request request) {}

  private static final class Simulation {
    final Requests requests;
    final Map<String, Long> serviceNanos;
    final Map<String, Double> heldNanos = new HashMap<>();
    final PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingLong(Running::untilNanos));

    Simulation(Requests requests, Map<String, Long> serviceNanos) {
      this.requests = requests;
      this.serviceNanos = serviceNanos;
    }

    void start(Waiter granted) {
      Request request = (Request) granted;
      long service = serviceNanos.getOrDefault(request.label, 0L);
      running.add(new Running(requests.now + service, request));
      heldNanos.merge(request.label, (double) service, Double::sum);
    }

    /** Ends what runs, one after the other, each replaced by another request of its class. */
    void runUntil(long endNanos) {
      while (!running.isEmpty() && running.element().untilNanos() < endNanos) {
        Running ended = running.remove();
        requests.now = ended.untilNanos();
        requests.shaper.release(ended.request());
        arrive(ended.request().label);
        for (Waiter w = requests.shaper.next(requests.now);
            w != null;
            w = requests.shaper.next(requests.now)) {
          start(w);
        }
      }
    }

    /** Queued behind the others of its class. */
    void arrive(String label) {
      requests.shaper.enqueue(new Request(label), requests.bucket(label), requests.now);
    }
  }

  @Test
  void classesOfEqualWeightHoldEqualSharesWhateverTheirServiceTimes() {
    Requests requests =
        new Requests(
            20,
            Requests.weighing(BucketSpec.of("quick", "0%", "100%"), 1),
            Requests.weighing(BucketSpec.of("slow", "0%", "100%"), 1));
    Simulation simulation =
        new Simulation(requests, Map.of("quick", 10 * MILLI, "slow", 1_000 * MILLI));
    for (int i = 0; i < 40; i++) {
      simulation.arrive("quick");
      simulation.arrive("slow");
    }
    for (Waiter w = requests.shaper.next(0); w != null; w = requests.shaper.next(0)) {
      simulation.start(w);
    }
    simulation.runUntil(100_000 * MILLI);
    double quick = simulation.heldNanos.getOrDefault("quick", 0.0);
    double slow = simulation.heldNanos.getOrDefault("slow", 0.0);
    assertThat(quick / slow).isCloseTo(1.0, within(0.05));
  }

  @Test
  void withoutLendingTheOwnerNeverWaitsAndWithItItWaitsForTheNextCompletions() {
    assertThat(meanWaitOfOwner("0%", 1)).isZero();
    // k = 8 tokens lent, mean service time S = 100 ms: S * (H(8) - H(8-i)) for the i-th.
    double first = 100 * MILLI * (harmonic(8) - harmonic(7));
    double fourth = 100 * MILLI * (harmonic(8) - harmonic(4));
    assertThat(meanWaitOfOwner("100%", 1)).isCloseTo(first, within(first * 0.1));
    assertThat(meanWaitOfOwner("100%", 4)).isCloseTo(fourth, within(fourth * 0.1));
  }

  private static double harmonic(int n) {
    double sum = 0;
    for (int i = 1; i <= n; i++) {
      sum += 1.0 / i;
    }
    return sum;
  }

  /** How long the owner of 4 of 8 tokens waits for its i-th when another has borrowed them all. */
  private static double meanWaitOfOwner(String lend, int i) {
    SplittableRandom random = new SplittableRandom(42);
    int runs = 4_000;
    double sum = 0;
    for (int run = 0; run < runs; run++) {
      Requests requests =
          new Requests(
              8,
              Requests.lending(BucketSpec.of("owner", "50%", "100%"), lend),
              BucketSpec.of("other", "50%", "100%"));
      List<Request> others = requests.ask(8, "other");
      others.removeIf(Waiter::isWaiting);
      List<Request> owners = requests.ask(i, "owner");
      Request last = owners.get(i - 1);
      double[] ends =
          others.stream()
              .mapToDouble(o -> -Math.log(1 - random.nextDouble()) * 100 * MILLI)
              .sorted()
              .toArray();
      int ended = 0;
      while (last.isWaiting()) {
        requests.shaper.release(others.get(ended));
        requests.drain();
        sum += last.isWaiting() ? 0 : ends[ended];
        ended++;
      }
    }
    return sum / runs;
  }
}
