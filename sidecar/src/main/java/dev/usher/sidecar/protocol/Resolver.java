package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Turns names into addresses without blocking an IO thread, and remembers them shortly. [any] */
public final class Resolver {
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final Map<String, Known> cache = new ConcurrentHashMap<>();
  private final Executor worker;
  private final Clock clock;
  private final Lookup lookup;

  /** Asks the name service; may block. */
  @FunctionalInterface
  public interface Lookup {
    InetAddress find(String host) throws UnknownHostException;
  }

  private record Known(InetAddress address, long sinceNanos) {}

  /**
   * @param worker runs look-ups, which may take seconds
   */
  public Resolver(Executor worker, Clock clock, Lookup lookup) {
    this.worker = worker;
    this.clock = clock;
    this.lookup = lookup;
  }

  /** With the system's name service. */
  public Resolver(Executor worker, Clock clock) {
    this(worker, clock, InetAddress::getByName);
  }

  /**
   * Finds the target's address.
   *
   * @param thread where the answer is given: at once when it is known, later otherwise
   */
  void resolve(
      Target target,
      Executor thread,
      Consumer<InetSocketAddress> found,
      Consumer<IOException> failed) {
    String host = target.host();
    try {
      if (isLiteral(host)) {
        found.accept(new InetSocketAddress(InetAddress.getByName(host), target.port()));
        return;
      }
    } catch (UnknownHostException e) {
      failed.accept(e);
      return;
    }
    Known known = cache.get(host);
    if (known != null && clock.nanos() - known.sinceNanos < REMEMBERED.toNanos()) {
      found.accept(new InetSocketAddress(known.address, target.port()));
      return;
    }
    try {
      worker.execute(() -> ask(target, thread, found, failed));
    } catch (RejectedExecutionException e) {
      failed.accept(new IOException("no worker to resolve " + host, e));
    }
  }

  private void ask(
      Target target,
      Executor thread,
      Consumer<InetSocketAddress> found,
      Consumer<IOException> failed) {
    String host = target.host();
    try {
      InetAddress address = lookup.find(host);
      cache.put(host, new Known(address, clock.nanos()));
      thread.execute(() -> found.accept(new InetSocketAddress(address, target.port())));
    } catch (UnknownHostException e) {
      cache.remove(host);
      thread.execute(() -> failed.accept(e));
    }
  }

  /**
   * Whether {@code host} is an address already; {@link InetAddress#getByName} does not ask then.
   */
  private static boolean isLiteral(String host) {
    if (host.indexOf(':') >= 0) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }
}
