package dev.usher.sidecar.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.time.SystemClock;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/** A head and a body that a socket does not take at once, since its buffers are small. */
class LargeHeadTest {
  private static final int BODY_BYTES = 40_000;
  private static final HttpString FIELD = new HttpString("X-Field");

  private final ByteBufferPool buffers = new DefaultByteBufferPool(true, 16 * 1024 - 20);
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private XnioWorker worker;
  private ServerSocket server;

  @BeforeEach
  void open() throws Exception {
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
    server = new ServerSocket();
    server.setReceiveBufferSize(1_024);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    worker.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 5_000, 20_000, 60_000})
  void theBodyIsCountedWholeAndItsEndIsNotTheEndOfTheConnection(int headBytes) throws Exception {
    worker
        .getIoThread()
        .openStreamConnection(
            server.getLocalSocketAddress(),
            stream -> send(stream, headBytes),
            OptionMap.create(Options.SEND_BUFFER, 4_608));
    try (Socket peer = server.accept()) {
      peer.setSoTimeout(5_000);
      InputStream in = peer.getInputStream();
      skipHead(in);
      assertThat(in.readNBytes(BODY_BYTES)).containsOnly('y');
      sent.get(5, TimeUnit.SECONDS);
      peer.setSoTimeout(200);
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static void skipHead(InputStream in) throws IOException {
    int last = 0;
    while (last != 0x0D0A0D0A) {
      int next = in.read();
      assertThat(next).isNotNegative();
      last = last << 8 | next;
    }
  }

  /** On the IO thread. */
  private void send(StreamConnection stream, int headBytes) {
    Target target = new Target("127.0.0.1", server.getLocalPort());
    BackendConnection backend = BackendConnection.over(stream, target, buffers);
    ClientRequest request = new ClientRequest().setMethod(Methods.POST).setPath("/");
    request
        .getRequestHeaders()
        .put(Headers.HOST, "a")
        .put(Headers.CONTENT_LENGTH, BODY_BYTES)
        .put(FIELD, "x".repeat(headBytes));
    backend.filter.expectResponse(new NoResponse());
    backend.client.sendRequest(request, new Sending());
  }

  private final class Sending implements ClientCallback<ClientExchange> {
    @Override
    public void completed(ClientExchange exchange) {
      try {
        pump(exchange.getRequestChannel());
      } catch (IOException e) {
        failed(e);
      }
    }

    private void pump(StreamSinkChannel to) throws IOException {
      ConduitStreamSourceChannel from =
          worker.createFullDuplexPipeConnection().getLeftSide().getSourceChannel();
      from.setConduit(new Body(from.getConduit()));
      BodyPump pump = new BodyPump(from, () -> to, buffers, ticker(), new Told());
      pump.flushFirst();
      pump.start();
    }

    @Override
    public void failed(IOException e) {
      sent.completeExceptionally(e);
    }
  }

  private Ticker ticker() {
    return new Ticker(worker.getIoThread(), new SystemClock());
  }

  private static final class Body extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private int left = BODY_BYTES;

    Body(StreamSourceConduit next) {
      super(next);
    }

    @Override
    public int read(ByteBuffer dst) {
      int count = Math.min(left, dst.remaining());
      for (int i = 0; i < count; i++) {
        dst.put((byte) 'y');
      }
      left -= count;
      return count == 0 ? -1 : count;
    }
  }

  private static final class NoResponse implements HeadScan.Listener {
    @Override
    public void onBytes() {}

    @Override
    public void onInterim(int status) {}

    @Override
    public void onFinal(int status) {}
  }

  private final class Told implements BodyPump.Events {
    @Override
    public void onRead(int count) {}

    @Override
    public void onSourceEnd() {}

    @Override
    public void onDone() {
      sent.complete(null);
    }

    @Override
    public void onSourceFailed(IOException cause) {
      sent.completeExceptionally(cause);
    }

    @Override
    public void onSinkFailed(IOException cause) {
      sent.completeExceptionally(cause);
    }

    @Override
    public void onDefect(Throwable cause) {
      sent.completeExceptionally(cause);
    }
  }
}
