package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import io.undertow.client.ClientRequest;
import io.undertow.connector.ByteBufferPool;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.xnio.XnioIoThread;

/** HTTP/1.1 over TCP, kept alive. [any] */
public final class Http1Upstream implements Upstream {
  private final ConcurrentMap<XnioIoThread, Lane> lanes = new ConcurrentHashMap<>();
  private final Tickers tickers;
  private final Resolver resolver;
  private final ByteBufferPool buffers;

  /**
   * @param buffers of at least 1 KiB each
   */
  public Http1Upstream(Tickers tickers, Resolver resolver, ByteBufferPool buffers) {
    this.tickers = tickers;
    this.resolver = resolver;
    this.buffers = buffers;
  }

  @Override
  public Call call(XnioIoThread thread, Target target, ClientRequest request, Listener listener) {
    Lane lane = lanes.get(thread);
    if (lane == null) {
      lane = lanes.computeIfAbsent(thread, this::newLane);
    }
    return new Http1Call(lane, target, request, listener);
  }

  private Lane newLane(XnioIoThread thread) {
    Ticker ticker = tickers.on(thread);
    return new Lane(thread, ticker, new ConnectionPool(ticker), resolver, buffers);
  }

  /** What the calls of one IO thread share. */
  record Lane(
      XnioIoThread thread,
      Ticker ticker,
      ConnectionPool pool,
      Resolver resolver,
      ByteBufferPool buffers) {}
}
