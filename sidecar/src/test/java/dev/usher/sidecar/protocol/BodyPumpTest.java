package dev.usher.sidecar.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.time.SystemClock;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.ChannelPipe;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/** What a pump does to the others of its thread; how bodies come through is tested on the wire. */
class BodyPumpTest {
  private XnioWorker worker;
  private volatile boolean ended;

  @BeforeEach
  void open() throws Exception {
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
  }

  @AfterEach
  void close() {
    ended = true;
    worker.shutdownNow();
  }

  /** A connection to itself that has something to read. */
  private StreamConnection readable() throws IOException {
    ChannelPipe<StreamConnection, StreamConnection> pipe = worker.createFullDuplexPipeConnection();
    pipe.getRightSide().getSinkChannel().write(ByteBuffer.allocate(1));
    return pipe.getLeftSide();
  }

  @ParameterizedTest(name = "thrown away: {0}")
  @ValueSource(booleans = {false, true})
  void aTransferThatNeverRunsDryLeavesTheThreadToOtherConnections(boolean thrownAway)
      throws Exception {
    StreamConnection fast = readable();
    StreamConnection other = readable();
    ConduitStreamSourceChannel source = fast.getSourceChannel();
    source.setConduit(new Endless(source.getConduit()));
    ConduitStreamSinkChannel sink = fast.getSinkChannel();
    sink.setConduit(new Bottomless(sink.getConduit()));
    BodyPump pump = pump(source, thrownAway ? null : sink);
    CountDownLatch served = new CountDownLatch(1);
    other
        .getSourceChannel()
        .setReadListener(
            channel -> {
              channel.suspendReads();
              pump.stop();
              served.countDown();
            });
    worker
        .getIoThread()
        .execute(
            () -> {
              pump.start();
              other.getSourceChannel().resumeReads();
            });
    assertThat(served.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(pump.bytesRead()).isPositive();
  }

  private BodyPump pump(StreamSourceChannel source, @Nullable StreamSinkChannel sink) {
    return new BodyPump(
        source,
        () -> sink,
        new DefaultByteBufferPool(true, 16 * 1024),
        new Ticker(worker.getIoThread(), new SystemClock()),
        new Silent());
  }

  private final class Endless extends AbstractStreamSourceConduit<StreamSourceConduit> {
    Endless(StreamSourceConduit next) {
      super(next);
    }

    @Override
    public int read(ByteBuffer dst) {
      int count = dst.remaining();
      dst.position(dst.limit());
      return ended ? -1 : count;
    }
  }

  private static final class Bottomless extends AbstractStreamSinkConduit<StreamSinkConduit> {
    Bottomless(StreamSinkConduit next) {
      super(next);
    }

    @Override
    public int write(ByteBuffer src) {
      int count = src.remaining();
      src.position(src.limit());
      return count;
    }
  }

  private static final class Silent implements BodyPump.Events {
    @Override
    public void onRead(int count) {}

    @Override
    public void onSourceEnd() {}

    @Override
    public void onDone() {}

    @Override
    public void onSourceFailed(IOException cause) {}

    @Override
    public void onSinkFailed(IOException cause) {}

    @Override
    public void onDefect(Throwable cause) {}
  }
}
