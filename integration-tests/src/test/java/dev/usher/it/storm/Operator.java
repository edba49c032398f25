package dev.usher.it.storm;

import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.Reply;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Changes the director through the API, one thing after the other. One thread. */
final class Operator implements Runnable {
  private static final int LONGEST_REST_MS = 300;
  private static final List<String> SCHEDULERS = List.of("round-robin", "chance", "least-load");

  private final AdminClient admin;
  private final List<StormBackend> backends;
  private final SplittableRandom random;
  private final Tally tally;
  private final CountDownLatch end;

  Operator(
      AdminClient admin,
      List<StormBackend> backends,
      SplittableRandom random,
      Tally tally,
      CountDownLatch end) {
    this.admin = admin;
    this.backends = backends;
    this.random = random;
    this.tally = tally;
    this.end = end;
  }

  /** The director is as it was in the beginning when this has ended. */
  @Override
  public void run() {
    try {
      while (!rest()) {
        act(backends.get(random.nextInt(backends.size())));
      }
      backends.forEach(backend -> resize(backend, backend.fullCapacity()));
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      tally.wrong("the operator has ended: " + e);
    }
  }

  /** Returns whether it is the end. */
  private boolean rest() throws InterruptedException {
    return end.await(1 + random.nextInt(LONGEST_REST_MS), TimeUnit.MILLISECONDS);
  }

  private void act(StormBackend backend) throws InterruptedException {
    switch (random.nextInt(4)) {
      case 0 -> lock(backend);
      case 1 -> removeAndPutBack(backend);
      case 2 -> resize(backend, 1 + random.nextInt(backend.fullCapacity()));
      default ->
          admin
              .post(Rules.API, "{'scheduler':'%s'}".formatted(SCHEDULERS.get(random.nextInt(3))))
              .expect(200);
    }
  }

  private void lock(StormBackend backend) throws InterruptedException {
    admin.lock(path(backend)).expect(204);
    boolean unused = rest();
    admin.unlock(path(backend)).expect(204);
  }

  /** Its name is taken (409) until its last request has ended. */
  private void removeAndPutBack(StormBackend backend) throws InterruptedException {
    admin.delete(path(backend)).expect(202);
    boolean unused = rest();
    String json = backend.json(backend.allowed());
    Await.until(
        backend + " is put back",
        () -> {
          Reply reply = admin.put(path(backend), json);
          return reply.status() != 409 && reply.expect(201).status() == 201;
        });
  }

  /**
   * What runs when the capacity falls may end: only when no more run than there may be, and since
   * then, more are too many.
   */
  private void resize(StormBackend backend, int capacity) {
    backend.allow(Math.max(capacity, backend.allowed()));
    admin.post(path(backend), "{'capacity':%d}".formatted(capacity)).expect(200);
    Await.until(
        "%s has no more than %d".formatted(backend, capacity),
        () -> admin.read(path(backend)).at("/load/current").asInt(Integer.MAX_VALUE) <= capacity);
    backend.allow(capacity);
  }

  private static String path(StormBackend backend) {
    return Rules.API + "/backends/" + backend.name();
  }
}
