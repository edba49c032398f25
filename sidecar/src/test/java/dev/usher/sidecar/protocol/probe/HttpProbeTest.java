package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe.Result;
import dev.usher.sidecar.protocol.Resolver;
import dev.usher.sidecar.time.SystemClock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** HTTP probes of peers that answer, stall, lie and break off, over real sockets. */
class HttpProbeTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
  private static final HealthCheckSpec HOW =
      HealthCheckSpec.DEFAULT.edit().timeout(Duration.ofMillis(300)).build();

  private XnioWorker worker;
  private HttpProbe probe;
  private final AtomicInteger told = new AtomicInteger();

  /** What a peer does with a connection whose request it has read. */
  @FunctionalInterface
  private interface Peer {
    void serve(Socket socket, String request) throws IOException, InterruptedException;
  }

  @BeforeEach
  void open() throws Exception {
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
    probe = new HttpProbe(worker, new Resolver(new SystemClock()));
  }

  @AfterEach
  void close() {
    worker.shutdownNow();
  }

  /** Probes a peer; afterwards the connection is closed from this side too. */
  private Result probe(HealthCheckSpec how, Peer peer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Boolean> closed = new CompletableFuture<>();
      Thread thread = new Thread(() -> serve(server, peer, closed), "peer");
      thread.setDaemon(true);
      thread.start();
      CompletableFuture<Result> answer = new CompletableFuture<>();
      probe.probe(
          new Target("127.0.0.1", server.getLocalPort()),
          how,
          result -> {
            told.incrementAndGet();
            answer.complete(result);
          });
      Result result = answer.get(10, TimeUnit.SECONDS);
      assertThat(closed.get(10, TimeUnit.SECONDS)).as("closed by the probe").isTrue();
      assertThat(told).hasValue(1);
      return result;
    }
  }

  private static void serve(ServerSocket server, Peer peer, CompletableFuture<Boolean> closed) {
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(10_000);
      try {
        peer.serve(socket, request(socket.getInputStream()));
        while (socket.getInputStream().read() >= 0) {}
      } catch (SocketException broken) {
        closed.complete(true);
      }
      closed.complete(true);
    } catch (IOException | InterruptedException e) {
      closed.completeExceptionally(e);
    }
  }

  private static String request(InputStream raw) throws IOException {
    InputStream in = new BufferedInputStream(raw);
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n", request.length() - 4) < 0) {
      int b = in.read();
      if (b < 0) {
        return request.toString();
      }
      request.append((char) b);
    }
    return request.toString();
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  @Test
  void the_request_is_what_was_configured() throws Exception {
    HealthCheckSpec how = HOW.edit().method("PROPFIND").path("/a?b=c").host("h.example:81").build();
    CompletableFuture<String> seen = new CompletableFuture<>();
    Result result =
        probe(
            how,
            (socket, request) -> {
              seen.complete(request);
              send(socket, OK);
            });
    assertThat(result).isEqualTo(new Result(true, "status 200"));
    assertThat(seen.join().lines())
        .containsExactly(
            "PROPFIND /a?b=c HTTP/1.1",
            "Host: h.example:81",
            "User-Agent: usher-health-check",
            "Accept: */*",
            "Accept-Encoding: identity",
            "Connection: close",
            "");
    assertThat(seen.join()).endsWith("\r\n\r\n");
  }

  @Test
  void who_answers_byte_by_byte_in_time_is_good() throws Exception {
    Result result =
        probe(
            HOW.edit().match("up").build(),
            (socket, request) -> {
              for (char c : (OK + "up").toCharArray()) {
                send(socket, String.valueOf(c));
              }
            });
    assertThat(result.good()).isTrue();
  }

  @Test
  void a_request_that_does_not_fit_at_once_is_sent_as_it_is_taken() throws Exception {
    String path = "/" + "x".repeat(8 * 1024 * 1024);
    CompletableFuture<Integer> length = new CompletableFuture<>();
    HealthCheckSpec how = HOW.edit().path(path).timeout(Duration.ofSeconds(30)).build();
    Result result =
        probe(
            how,
            (socket, first) -> {
              length.complete(first.length());
              send(socket, OK);
            });
    assertThat(result.good()).isTrue();
    assertThat(length.join()).isGreaterThan(path.length());
  }

  @Test
  void who_does_not_answer_is_bad_at_the_timeout() throws Exception {
    long begin = System.nanoTime();
    assertThat(probe(HOW, (socket, request) -> {}))
        .isEqualTo(new Result(false, "no answer within the timeout"));
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(HOW.timeout().toNanos());
  }

  @Test
  void who_stalls_in_the_midst_is_bad_at_the_timeout() throws Exception {
    assertThat(probe(HOW, (socket, request) -> send(socket, "HTTP/1.1 200 O")).cause())
        .isEqualTo("no answer within the timeout");
    told.set(0);
    Result result =
        probe(HOW.edit().match("up").build(), (socket, request) -> send(socket, OK + "u"));
    assertThat(result.cause()).isEqualTo("no answer within the timeout");
  }

  @Test
  void who_trickles_for_ever_is_bad_at_the_timeout() throws Exception {
    Result result =
        probe(
            HOW,
            (socket, request) -> {
              send(socket, "HTTP/1.1 200 OK\r\nX: ");
              while (true) {
                send(socket, "x");
                Thread.sleep(5);
              }
            });
    assertThat(result.cause()).isEqualTo("no answer within the timeout");
  }

  @Test
  void who_floods_is_stopped() throws Exception {
    Result result =
        probe(
            HOW.edit().match("up").timeout(Duration.ofSeconds(5)).build(),
            (socket, request) -> {
              send(socket, "HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                send(socket, "u".repeat(10_000));
              }
            });
    assertThat(result.cause()).isEqualTo("no 'up' in the first 64KiB of its body");
  }

  @Test
  void who_closes_or_resets_without_an_answer_is_bad() throws Exception {
    assertThat(probe(HOW, (socket, request) -> socket.shutdownOutput()).cause())
        .isEqualTo("closed before its answer");
    told.set(0);
    Result reset =
        probe(
            HOW,
            (socket, request) -> {
              socket.setSoLinger(true, 0);
              socket.close();
            });
    assertThat(reset.cause()).isEqualTo("closed before its answer");
  }

  @Test
  void who_lies_about_the_length_is_bad() throws Exception {
    Result result =
        probe(
            HOW.edit().match("up").build(),
            (socket, request) -> {
              send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nu");
              socket.shutdownOutput();
            });
    assertThat(result.cause()).isEqualTo("its body broke off");
  }

  @Test
  void who_does_not_listen_is_bad() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    CompletableFuture<Result> answer = new CompletableFuture<>();
    probe.probe(new Target("127.0.0.1", port), HOW, answer::complete);
    assertThat(answer.get(10, TimeUnit.SECONDS))
        .isEqualTo(new Result(false, "no connection: Connection refused"));
  }
}
