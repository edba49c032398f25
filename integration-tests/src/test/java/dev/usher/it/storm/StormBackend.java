package dev.usher.it.storm;

import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.OpenConnections;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A backend with a fault, which watches its own capacity. What it has in flight may be more for a
 * moment than what the sidecar has there: a request that the sidecar broke off counts until its
 * thread has read the end of the connection. The sidecar closes the connection before it gives the
 * lease back, though, so the kernel knows: what is too much must be too much among the connections
 * that neither side has closed.
 */
final class StormBackend implements AutoCloseable {
  private static final int SOON_MS = 20;
  private static final int LATE_MS = 250;

  private final String name;
  private final String role;
  private final int fullCapacity;
  private final Tally tally;
  private final ScheduledExecutorService timers;
  private final SplittableRandom random;
  private final GateBackend gate = GateBackend.start().forgetful();
  private final Map<Arrival, Fault> faults = new ConcurrentHashMap<>();
  private volatile int allowed;
  private volatile Fault fault = Fault.NONE;
  private volatile long diedNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);

  StormBackend(
      String name,
      String role,
      int capacity,
      Tally tally,
      ScheduledExecutorService timers,
      SplittableRandom random) {
    this.name = name;
    this.role = role;
    this.fullCapacity = capacity;
    this.allowed = capacity;
    this.tally = tally;
    this.timers = timers;
    this.random = random;
    gate.watch(this::arrived);
    gate.script(this::serve);
  }

  String name() {
    return name;
  }

  String role() {
    return role;
  }

  /** What it has when no operator has changed it. */
  int fullCapacity() {
    return fullCapacity;
  }

  int allowed() {
    return allowed;
  }

  /** From now on so many may be in flight. */
  void allow(int capacity) {
    allowed = capacity;
  }

  String json(int capacity) {
    return "{'url':'%s','capacity':%d,'role':'%s'}".formatted(gate.url(), capacity, role);
  }

  /** Called by one thread only. */
  void turn(Fault now) {
    Fault before = fault;
    fault = now;
    if (now == Fault.DEAD && before != Fault.DEAD) {
      diedNanos = System.nanoTime();
      gate.die();
      diedNanos = System.nanoTime();
    } else if (now != Fault.DEAD && before == Fault.DEAD) {
      gate.revive();
    }
  }

  boolean hasDiedSince(long nanos) {
    return diedNanos - nanos >= 0;
  }

  /** The fault is that of the moment when the request arrives. */
  private void arrived(Arrival arrival) {
    if (isProbe(arrival)) {
      return;
    }
    Fault now = fault;
    faults.put(arrival, now);
    tally.arrived(
        arrival, new Trail.Stop(this, now, arrival.isOnUsedConnection(), System.nanoTime()));
    int most = allowed;
    Arrival[] all =
        Stream.of(gate.inFlightNow()).filter(each -> !isProbe(each)).toArray(Arrival[]::new);
    if (all.length > most) {
      int open = OpenConnections.count(gate.port(), all);
      if (open > most) {
        tally.wrong("%s: %d in flight at capacity %d".formatted(name, open, most));
      }
    }
  }

  /** Probes come on top of the capacity, to backends that are offline. */
  private static boolean isProbe(Arrival arrival) {
    return arrival.target().equals("/");
  }

  private void serve(Arrival arrival) {
    if (isProbe(arrival)) {
      arrival.answer(fault.status(), "");
      return;
    }
    Fault now = faults.getOrDefault(arrival, Fault.NONE);
    faults.remove(arrival);
    if (!Echo.isWhole(arrival)) {
      tally.wrong("%s got parts of several requests: %s".formatted(name, arrival.head()));
    }
    switch (now) {
      case NONE, TOO_LONG, ERROR_500, ERROR_503, DEAD -> later(SOON_MS, arrival, now);
      case SLOW -> later(LATE_MS, arrival, now);
      default -> act(arrival, now);
    }
  }

  private void act(Arrival arrival, Fault now) {
    String id = Echo.id(arrival.target());
    String body = Echo.download(id);
    switch (now) {
      case NONE, SLOW, DEAD, ERROR_500, ERROR_503 ->
          arrival.answer(now.status(), body, Echo.field(id));
      case RESET -> arrival.reset();
      case CLOSE -> arrival.hangUp();
      case STALL -> {}
      case STALL_WITHIN -> arrival.write(BadAnswer.half(id, body));
      case CUT_LENGTH -> arrival.write(BadAnswer.half(id, body)).hangUp();
      case CUT_CHUNKS -> arrival.write(BadAnswer.chunk(id)).hangUp();
      case TOO_LONG -> {
        arrival.end();
        arrival.write(BadAnswer.followed(id, body));
      }
      case GARBAGE -> arrival.write("SSH-2.0-OpenSSH_9.2\r\n\r\n").hangUp();
    }
  }

  private void later(int slowestMs, Arrival arrival, Fault now) {
    ScheduledFuture<?> unused =
        timers.schedule(
            () -> {
              try {
                act(arrival, now);
              } catch (UncheckedIOException brokenOff) {
                gate.note(brokenOff.toString());
              }
            },
            after(slowestMs),
            TimeUnit.MILLISECONDS);
  }

  private synchronized int after(int slowestMs) {
    return slowestMs / 2 + random.nextInt(slowestMs / 2);
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    gate.close();
  }
}
