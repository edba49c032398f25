package dev.usher.it.storm;

import dev.usher.it.harness.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Sends one request after the other; from some it leaves early. One thread. */
final class StormClient implements Runnable {
  private static final List<String> BUCKETS = List.of("vip", "web", "batch", "root");
  private static final int POST_PERCENT = 30;
  private static final int LEAVES_PERCENT = 4;
  private static final int DEADLINE_PERCENT = 15;
  private static final int NEW_CONNECTION_PERCENT = 10;

  private final String name;
  private final int port;
  private final SplittableRandom random;
  private final Tally tally;
  private final CountDownLatch end;
  private final IntSupplier longestPauseMs;
  private int count;

  /**
   * @param end when it stops
   * @param longestPauseMs how long it thinks at most between two requests
   */
  StormClient(
      String name,
      int port,
      SplittableRandom random,
      Tally tally,
      CountDownLatch end,
      IntSupplier longestPauseMs) {
    this.name = name;
    this.port = port;
    this.random = random;
    this.tally = tally;
    this.end = end;
    this.longestPauseMs = longestPauseMs;
  }

  @Override
  public void run() {
    try {
      while (goesOn()) {
        try (RawClient client = RawClient.connect(port)) {
          boolean open = true;
          while (open && goesOn()) {
            open = request(client) && random.nextInt(100) >= NEW_CONNECTION_PERCENT;
          }
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      tally.wrong(name + " has ended: " + e);
    }
  }

  private boolean goesOn() throws InterruptedException {
    return !end.await(random.nextInt(1 + longestPauseMs.getAsInt()), TimeUnit.MILLISECONDS);
  }

  /** Returns whether the connection can be used again. */
  private boolean request(RawClient client) {
    Request request =
        new Request(
            name + "-" + count++,
            random.nextInt(100) < POST_PERCENT,
            BUCKETS.get(random.nextInt(BUCKETS.size())),
            random.nextInt(100) < DEADLINE_PERCENT ? 30 + random.nextInt(900) : 0,
            System.nanoTime());
    boolean leaves = random.nextInt(100) < LEAVES_PERCENT;
    tally.sent(request);
    try {
      send(client, request, leaves && random.nextBoolean());
      if (leaves) {
        leave(client);
        return false;
      }
      return tally.answered(request, client.read());
    } catch (UncheckedIOException | AssertionError e) {
      if (leaves) {
        tally.left();
      } else {
        tally.cutWithoutHead(request, e);
      }
      return false;
    }
  }

  private static void send(RawClient client, Request request, boolean half) {
    if (!request.post()) {
      client.get(request.target(), request.fields());
    } else if (half) {
      client.head("POST", request.target(), addLength(request.fields())).send(request.id());
    } else {
      client.post(request.target(), Echo.upload(request.id()), request.fields());
    }
  }

  /** More than it is going to send. */
  private static String[] addLength(String[] fields) {
    String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = "Content-Length: 5000";
    return all;
  }

  private void leave(RawClient client) {
    client.awaitAnswer(Duration.ofMillis(1 + random.nextInt(60)));
    client.abort();
    tally.left();
  }
}
