package dev.usher.sidecar.protocol;

import dev.usher.sidecar.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.xnio.XnioIoThread;

/** The ticker of each IO thread. [any] */
public final class Tickers {
  private final ConcurrentMap<XnioIoThread, Ticker> byThread = new ConcurrentHashMap<>();
  private final Clock clock;

  public Tickers(Clock clock) {
    this.clock = clock;
  }

  public Ticker on(XnioIoThread thread) {
    Ticker ticker = byThread.get(thread);
    return ticker != null ? ticker : byThread.computeIfAbsent(thread, t -> new Ticker(t, clock));
  }
}
