package dev.usher.sidecar.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.time.SystemClock;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** What is a connection to a backend, over real sockets. */
class ConnectorTest {
  private final CompletableFuture<IOException> refused = new CompletableFuture<>();
  private final CompletableFuture<BackendConnection> connected = new CompletableFuture<>();
  private final SystemClock clock = new SystemClock();
  private XnioWorker worker;
  private ServerSocket server;
  private Connector connector;

  @BeforeEach
  void open() throws Exception {
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    connector = new Connector(lane(worker.getIoThread()), target(), new Heard());
  }

  @AfterEach
  void close() throws Exception {
    worker.shutdownNow();
    server.close();
  }

  private Target target() {
    return new Target("127.0.0.1", server.getLocalPort());
  }

  private Http1Upstream.Lane lane(XnioIoThread thread) {
    Ticker ticker = new Ticker(thread, clock);
    return new Http1Upstream.Lane(
        thread,
        ticker,
        new ConnectionPool(ticker),
        new Resolver(Runnable::run, clock, InetAddress::getByName),
        new DefaultByteBufferPool(true, 16 * 1024));
  }

  private final class Heard implements Connector.Listener {
    @Override
    public void onConnection(BackendConnection fresh) {
      connected.complete(fresh);
    }

    @Override
    public void onNoConnection(IOException cause) {
      refused.complete(cause);
    }
  }

  @Test
  void a_backend_that_listens_is_connected() throws Exception {
    StreamConnection stream =
        worker
            .getIoThread()
            .openStreamConnection(server.getLocalSocketAddress(), opened -> {}, OptionMap.EMPTY)
            .get();
    worker.getIoThread().execute(() -> connector.opened(stream));
    assertThat(connected.get(10, TimeUnit.SECONDS).isOpen()).isTrue();
    assertThat(refused).isNotDone();
  }

  /** A local port that connects to itself, which Linux allows where nobody listens. */
  @Test
  void a_connection_to_itself_is_none() throws Exception {
    InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
    server.close();
    XnioIoThread thread = worker.getIoThread();
    StreamConnection itself =
        thread
            .openStreamConnection(address, address, opened -> {}, bound -> {}, OptionMap.EMPTY)
            .get();
    try {
      assertThat(itself.getLocalAddress()).isEqualTo(itself.getPeerAddress());
      thread.execute(() -> connector.opened(itself));
      assertThat(refused.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ConnectException.class)
          .hasMessageEndingWith(", only to itself");
      assertThat(itself.isOpen()).isFalse();
      assertThat(connected).isNotDone();
    } finally {
      IoUtils.safeClose(itself);
    }
  }
}
