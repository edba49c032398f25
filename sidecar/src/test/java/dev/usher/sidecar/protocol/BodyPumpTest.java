package dev.usher.sidecar.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.FakeTime;
import dev.usher.sidecar.time.SystemClock;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

  /**
   * As a socket is that tells of room only when a third of its buffer is free, and whose other side
   * reads nothing.
   */
  @Test
  void roomThatATurnHasLeftIsNoProgressOfTheOtherSide() throws Exception {
    StreamConnection fast = readable();
    ConduitStreamSourceChannel source = fast.getSourceChannel();
    source.setConduit(new Endless(source.getConduit()));
    ConduitStreamSinkChannel sink = fast.getSinkChannel();
    Room room = new Room(sink.getConduit(), 3 * 1024 * 1024);
    sink.setConduit(room);
    FakeTime time = new FakeTime();
    BodyPump pump = pump(source, sink, time);
    CompletableFuture<Duration> stuck = new CompletableFuture<>();
    worker
        .getIoThread()
        .execute(
            () -> {
              pump.start();
              stuck.complete(untilStuck(pump, time, Duration.ofSeconds(1)));
              pump.stop();
            });
    assertThat(stuck.get(10, TimeUnit.SECONDS))
        .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
    assertThat(room.left).isZero();
  }

  private static Duration untilStuck(BodyPump pump, FakeTime time, Duration limit) {
    Duration waited = Duration.ZERO;
    while (!pump.isSinkStuck(time.nanos(), limit.toNanos())) {
      time.advanceMillis(Ticker.INTERVAL_MILLIS);
      waited = waited.plusMillis(Ticker.INTERVAL_MILLIS);
    }
    return waited;
  }

  private BodyPump pump(StreamSourceChannel source, @Nullable StreamSinkChannel sink) {
    return pump(source, sink, new SystemClock());
  }

  private BodyPump pump(StreamSourceChannel source, @Nullable StreamSinkChannel sink, Clock clock) {
    return new BodyPump(
        source,
        () -> sink,
        new DefaultByteBufferPool(true, 16 * 1024),
        new Ticker(worker.getIoThread(), clock),
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

  /** Takes so many bytes and never tells that it would. */
  private static final class Room extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private int left;

    Room(StreamSinkConduit next, int bytes) {
      super(next);
      this.left = bytes;
    }

    @Override
    public int write(ByteBuffer src) {
      int count = Math.min(left, src.remaining());
      src.position(src.position() + count);
      left -= count;
      return count;
    }

    @Override
    public void resumeWrites() {}
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
