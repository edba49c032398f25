package dev.usher.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.UsherProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a sidecar at random moments while directors are created, changed and removed. {@code
 * -Dkill.rounds=N} for another number than 25, {@code -Dkill.seed=N} to repeat a run.
 */
class KillIT {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 25);
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
  private static final int NAMES = 40;
  private static final int LONGEST_MS = 1_200;
  private static final Duration START_LIMIT = Duration.ofSeconds(2);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final DataFolder data;

  /** The queue-limit of each director, as acknowledged. */
  private final Map<String, Integer> acknowledged = new HashMap<>();

  /** What the last change, which nobody acknowledged, would have made of its director. */
  private final Map<String, Set<Integer>> open = new HashMap<>();

  private int changes;

  KillIT(@TempDir Path folder) {
    data = new DataFolder(folder);
  }

  @Test
  void nothingAcknowledgedIsLost() throws InterruptedException {
    System.out.printf("kill: %d rounds, seed %d%n", ROUNDS, SEED);
    Duration longest = Duration.ZERO;
    for (int round = 0; round < ROUNDS; round++) {
      long before = System.nanoTime();
      try (UsherProcess usher = data.start("")) {
        Duration start = Duration.ofNanos(System.nanoTime() - before);
        longest = start.compareTo(longest) > 0 ? start : longest;
        check(usher, round);
        changeUntilKilled(usher);
      }
    }
    System.out.printf("kill: %d changes acknowledged, slowest start %s%n", changes, longest);
    assertThat(changes).isGreaterThan(ROUNDS);
    assertThat(longest).isLessThan(START_LIMIT.multipliedBy(3));
  }

  private void check(UsherProcess usher, int round) {
    Map<String, Integer> found = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : usher.admin().read("/director/").properties()) {
      found.put(each.getKey(), each.getValue().at("/queue-limit").asInt());
    }
    for (Map.Entry<String, Set<Integer>> each : open.entrySet()) {
      Integer is = found.get(each.getKey());
      if (each.getValue().contains(is == null ? -1 : is)) {
        acknowledge(each.getKey(), is == null ? -1 : is);
      }
    }
    open.clear();
    assertThat(found).as("round %d, seed %d", round, SEED).isEqualTo(acknowledged);
    assertThat(usher.log()).as("round %d, seed %d", round, SEED).doesNotContain("ERROR");
  }

  private void acknowledge(String name, int limit) {
    if (limit < 0) {
      acknowledged.remove(name);
    } else {
      acknowledged.put(name, limit);
    }
  }

  private void changeUntilKilled(UsherProcess usher) throws InterruptedException {
    int delay = random.nextInt(LONGEST_MS);
    CountDownLatch killed = new CountDownLatch(1);
    Thread killer =
        new Thread(
            () -> {
              try {
                boolean unused = killed.await(delay, TimeUnit.MILLISECONDS);
                usher.kill();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    killer.start();
    while (change(usher.admin())) {
      changes++;
    }
    killer.join();
  }

  /** Returns whether the change was acknowledged. */
  private boolean change(AdminClient admin) {
    String name = "d" + random.nextInt(NAMES);
    boolean removes = acknowledged.containsKey(name) && random.nextInt(4) == 0;
    int limit = removes ? -1 : random.nextInt(1_000_000);
    open.computeIfAbsent(name, key -> new HashSet<>()).add(limit);
    try {
      String path = "/director/" + name;
      Reply reply = removes ? admin.delete(path) : admin.put(path, "{'queue-limit':" + limit + "}");
      assertThat(reply.status()).isIn(200, 201, 204);
      acknowledge(name, limit);
      open.remove(name);
      return true;
    } catch (UncheckedIOException killed) {
      return false;
    }
  }
}
