package dev.usher.it.soak;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Sends one request after the other; some it leaves on purpose. One thread. */
final class SoakClient implements Runnable {
  private static final List<String> BUCKETS = List.of("vip", "upload", "batch", "jail", "root");
  private static final int LEAVES_PERCENT = 10;
  private static final int POST_PERCENT = 25;

  private final String name;
  private final int port;
  private final SplittableRandom random;
  private final SoakTally tally;
  private final BooleanSupplier goOn;

  SoakClient(String name, int port, long seed, SoakTally tally, BooleanSupplier goOn) {
    this.name = name;
    this.port = port;
    this.random = new SplittableRandom(seed);
    this.tally = tally;
    this.goOn = goOn;
  }

  @Override
  public void run() {
    for (int i = 0; goOn.getAsBoolean(); ) {
      try (RawClient client = RawClient.connect(port)) {
        boolean open = true;
        while (open && goOn.getAsBoolean()) {
          open = request(client, "/d0/" + name + "/" + i++);
        }
      } catch (UncheckedIOException | AssertionError e) {
        tally.lost(name + "/" + i + ": " + e);
      }
    }
  }

  private boolean leave(RawClient client) {
    client.awaitAnswer(Duration.ofMillis(1 + random.nextInt(60)));
    tally.left();
    client.abort();
    return false;
  }

  /** Returns whether the connection can be used again. */
  private boolean request(RawClient client, String target) {
    String tag = "X-Director-Bucket: " + BUCKETS.get(random.nextInt(BUCKETS.size()));
    boolean post = random.nextInt(100) < POST_PERCENT;
    tally.sent();
    if (post && random.nextInt(100) < LEAVES_PERCENT) {
      client.head("POST", target, tag, "Content-Length: 20000").send("x".repeat(5_000));
      return leave(client);
    } else if (post) {
      client.post(target, "x".repeat(random.nextInt(20_000)), tag);
    } else {
      client.get(target, tag);
    }
    if (random.nextInt(100) < LEAVES_PERCENT) {
      return leave(client);
    }
    Answer answer = client.read();
    tally.answered(target, post, answer);
    return answer.complete() && !answer.get("Connection").equalsIgnoreCase("close");
  }
}
