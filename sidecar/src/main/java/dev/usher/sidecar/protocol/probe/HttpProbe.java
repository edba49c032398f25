package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.protocol.Resolver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A backend is there if it answers one HTTP/1.1 request with an expected status, and with a text in
 * its body if one is wanted. Each probe has a connection of its own, so that it says something of
 * new ones. The answer comes on an IO thread. [any]
 */
public final class HttpProbe implements Probe {
  private static final int READ_BYTES = 4 * 1024;

  private final XnioWorker worker;
  private final Resolver resolver;

  public HttpProbe(XnioWorker worker, Resolver resolver) {
    this.worker = worker;
    this.resolver = resolver;
  }

  @Override
  public Pending probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    XnioIoThread thread = worker.getIoThread();
    return new Question(thread, how, done).begin(resolver, target, how.timeout());
  }

  /**
   * RFC 9112 section 3; close, since nothing else is asked on this connection; identity, since a
   * text is searched in the body as it comes (RFC 9110, section 12.5.3).
   */
  static String request(HealthCheckSpec how) {
    return how.method()
        + " "
        + how.path()
        + " HTTP/1.1\r\nHost: "
        + how.host()
        + "\r\nUser-Agent: usher-health-check\r\nAccept: */*\r\nAccept-Encoding: identity"
        + "\r\nConnection: close\r\n\r\n";
  }

  private static final class Question extends Visit {
    private final ByteBuffer request;
    private final ByteBuffer read = ByteBuffer.allocate(READ_BYTES);
    private final AnswerReader answer;

    Question(XnioIoThread thread, HealthCheckSpec how, Consumer<Result> done) {
      super(thread, done);
      this.request = ByteBuffer.wrap(request(how).getBytes(ISO_8859_1));
      this.answer = new AnswerReader(how);
    }

    @Override
    void onConnection(StreamConnection fresh) {
      ConduitStreamSourceChannel source = fresh.getSourceChannel();
      source.setReadListener(this::onReadable);
      source.resumeReads();
      ConduitStreamSinkChannel sink = fresh.getSinkChannel();
      sink.setWriteListener(this::onWritable);
      onWritable(sink);
    }

    private void onWritable(ConduitStreamSinkChannel sink) {
      try {
        while (!isSettled() && request.hasRemaining()) {
          if (sink.write(request) == 0) {
            sink.resumeWrites();
            return;
          }
        }
        if (!isSettled()) {
          sink.suspendWrites();
        }
      } catch (IOException e) {
        // An answer may have come before the connection broke: its end tells.
        sink.suspendWrites();
      }
    }

    private void onReadable(ConduitStreamSourceChannel source) {
      try {
        while (!isSettled()) {
          read.clear();
          int count = source.read(read);
          if (count == 0) {
            return;
          }
          Result result = count < 0 ? answer.end() : answer.take(read.flip());
          if (result != null) {
            settle(result);
          }
        }
      } catch (IOException e) {
        settle(answer.end());
      }
    }
  }
}
