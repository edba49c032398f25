package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns names into addresses without blocking an IO thread, and remembers them shortly. Who asks
 * for a name that is being asked for gets the same answer. [any]
 */
public final class Resolver {
  private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);

  static final Duration REMEMBERED = Duration.ofSeconds(10);

  /** Most names that are remembered. */
  static final int MAX_REMEMBERED = 10_000;

  private final ConcurrentMap<String, Known> cache = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<InetAddress>> asking =
      new ConcurrentHashMap<>();
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
    if (known != null && isFresh(known)) {
      found.accept(new InetSocketAddress(known.address, target.port()));
      return;
    }
    CompletionStage<InetAddress> answer = ask(host);
    answer.whenComplete(
        (address, failure) ->
            answer(
                thread,
                () -> {
                  if (failure == null) {
                    found.accept(new InetSocketAddress(address, target.port()));
                  } else {
                    failed.accept(asIo(host, failure));
                  }
                }));
  }

  private static void answer(Executor thread, Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the IO thread has ended before its name was known", e);
    }
  }

  private static IOException asIo(String host, Throwable failure) {
    return failure instanceof IOException io
        ? io
        : new IOException("cannot resolve " + host, failure);
  }

  /** Starts a look-up, or joins the one that is under way. */
  private CompletionStage<InetAddress> ask(String host) {
    CompletableFuture<InetAddress> mine = new CompletableFuture<>();
    CompletableFuture<InetAddress> other = asking.putIfAbsent(host, mine);
    if (other != null) {
      return other;
    }
    try {
      worker.execute(() -> find(host, mine));
    } catch (RejectedExecutionException e) {
      asking.remove(host, mine);
      mine.completeExceptionally(new IOException("no worker to resolve " + host, e));
    }
    return mine;
  }

  private void find(String host, CompletableFuture<InetAddress> answer) {
    try {
      InetAddress address = lookup.find(host);
      remember(host, address);
      asking.remove(host, answer);
      answer.complete(address);
    } catch (UnknownHostException | RuntimeException e) {
      cache.remove(host);
      asking.remove(host, answer);
      answer.completeExceptionally(e);
    }
  }

  /** Makes room first: the old ones go, and if all are young, any. */
  private void remember(String host, InetAddress address) {
    if (cache.size() >= MAX_REMEMBERED) {
      cache.values().removeIf(known -> !isFresh(known));
    }
    Iterator<String> any = cache.keySet().iterator();
    while (cache.size() >= MAX_REMEMBERED && any.hasNext()) {
      any.next();
      any.remove();
    }
    cache.put(host, new Known(address, clock.nanos()));
  }

  private boolean isFresh(Known known) {
    return clock.nanos() - known.sinceNanos < REMEMBERED.toNanos();
  }

  int remembered() {
    return cache.size();
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
