package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Ipv4;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns names into addresses without blocking an IO thread, and remembers them shortly; when the
 * name service fails or hangs, what it said before stands in for a while. Who asks for a name that
 * is being asked for gets the same answer. [any]
 */
public final class Resolver {
  private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);

  static final Duration REMEMBERED = Duration.ofSeconds(10);

  /** How long an address stands in while nobody can say whether it has changed. */
  static final Duration STANDS_IN = Duration.ofHours(1);

  /** A look-up that has not ended after so long hangs. */
  static final Duration SLOW = Duration.ofSeconds(1);

  /** Most look-ups at once; more wait. */
  static final int THREADS = 4;

  /** Most names that are remembered. */
  static final int MAX_REMEMBERED = 10_000;

  private final ConcurrentMap<String, Known> cache = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Asking> asking = new ConcurrentHashMap<>();
  private final Executor worker;
  private final Clock clock;
  private final Lookup lookup;

  /** Asks the name service; may block. */
  @FunctionalInterface
  public interface Lookup {
    InetAddress find(String host) throws UnknownHostException;
  }

  /**
   * @param foundNanos when the name service said so
   * @param checkedNanos when it was asked last
   */
  private record Known(InetAddress address, long foundNanos, long checkedNanos) {}

  /** A look-up that was begun, or waits for a thread, since then. */
  private record Asking(CompletableFuture<InetAddress> answer, long sinceNanos) {}

  /**
   * @param worker runs look-ups, which may take seconds
   */
  Resolver(Executor worker, Clock clock, Lookup lookup) {
    this.worker = worker;
    this.clock = clock;
    this.lookup = lookup;
  }

  /** With threads of its own: look-ups that hang must hold up nothing but each other. */
  public Resolver(Clock clock, Lookup lookup) {
    this(threads(), clock, lookup);
  }

  /** With threads of its own and the system's name service. */
  public Resolver(Clock clock) {
    this(clock, InetAddress::getByName);
  }

  /** They end by themselves when there is nothing to do. */
  private static Executor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            REMEMBERED.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "usher-names");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Finds the target's address.
   *
   * @param thread where the answer is given: at once when it is known, later otherwise
   */
  public void resolve(
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
    if (known != null && isYoung(known) && isStuck(host)) {
      found.accept(new InetSocketAddress(known.address, target.port()));
      return;
    }
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
    Asking mine = new Asking(new CompletableFuture<>(), clock.nanos());
    Asking other = asking.putIfAbsent(host, mine);
    if (other != null) {
      return other.answer;
    }
    try {
      worker.execute(() -> find(host, mine));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The JVM says the latter when the system gives it no thread.
      asking.remove(host, mine);
      mine.answer.completeExceptionally(new IOException("no worker to resolve " + host, e));
    }
    return mine.answer;
  }

  /** Whether the look-up of {@code host} hangs, or will wait behind others that do. */
  private boolean isStuck(String host) {
    Asking own = asking.get(host);
    return own != null
        && (hangs(own)
            || (asking.size() > THREADS && asking.values().stream().anyMatch(this::hangs)));
  }

  private boolean hangs(Asking one) {
    return clock.nanos() - one.sinceNanos >= SLOW.toNanos();
  }

  private void find(String host, Asking mine) {
    try {
      InetAddress address = lookup.find(host);
      long nowNanos = clock.nanos();
      remember(host, new Known(address, nowNanos, nowNanos));
      asking.remove(host, mine);
      mine.answer.complete(address);
    } catch (UnknownHostException | RuntimeException e) {
      Known old = standIn(host);
      asking.remove(host, mine);
      if (old == null) {
        mine.answer.completeExceptionally(e);
      } else {
        LOG.warn("{} cannot be looked up; its old address stands in: {}", host, e.toString());
        mine.answer.complete(old.address);
      }
    }
  }

  /** What was known of {@code host}, for another while; null when that is too old by now. */
  private @Nullable Known standIn(String host) {
    long nowNanos = clock.nanos();
    return cache.computeIfPresent(
        host,
        (name, known) ->
            isYoung(known) ? new Known(known.address, known.foundNanos, nowNanos) : null);
  }

  /** Makes room first: the old ones go, and if all are young, any. */
  private void remember(String host, Known found) {
    if (cache.size() >= MAX_REMEMBERED) {
      cache.values().removeIf(known -> !isFresh(known));
    }
    Iterator<String> any = cache.keySet().iterator();
    while (cache.size() >= MAX_REMEMBERED && any.hasNext()) {
      any.next();
      any.remove();
    }
    cache.put(host, found);
  }

  private boolean isYoung(Known known) {
    return clock.nanos() - known.foundNanos < STANDS_IN.toNanos();
  }

  private boolean isFresh(Known known) {
    return clock.nanos() - known.checkedNanos < REMEMBERED.toNanos();
  }

  int remembered() {
    return cache.size();
  }

  /**
   * Whether {@code host} is an address already; {@link InetAddress#getByName} does not ask then.
   */
  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || Ipv4.is(host);
  }
}
