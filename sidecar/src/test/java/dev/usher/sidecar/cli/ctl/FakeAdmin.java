package dev.usher.sidecar.cli.ctl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.sidecar.cli.ctl.api.AdminAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An admin API that answers what it was told to and remembers what it was asked. */
public final class FakeAdmin implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Queue<Handler>> answers = new HashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<HttpExchange> left = Collections.synchronizedList(new ArrayList<>());

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  public FakeAdmin() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Text with ' in place of ", so that it reads well in Java. */
  public static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  /**
   * The next answer to {@code request}, such as {@code GET /director/}; the last one stays.
   *
   * @param body with ' in place of "
   * @param headers names and values in turn
   */
  public FakeAdmin answer(String request, int status, String body, String... headers) {
    return enqueue(
        request,
        exchange -> {
          for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
          }
          byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  /** The next time it closes the connection without an answer. */
  public FakeAdmin hangUp(String request) {
    return enqueue(request, HttpExchange::close);
  }

  /** The next time it says nothing, or only the beginning of something. */
  public FakeAdmin stall(String request, String beginning) {
    return enqueue(
        request,
        exchange -> {
          left.add(exchange);
          if (!beginning.isEmpty()) {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
          }
        });
  }

  private FakeAdmin enqueue(String request, Handler handler) {
    synchronized (answers) {
      answers.computeIfAbsent(request, each -> new ArrayDeque<>()).add(handler);
    }
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        request
            + header(exchange, "If-None-Match")
            + header(exchange, "Authorization")
            + (body.isEmpty() ? "" : header(exchange, "Content-Type") + " " + body));
    Handler handler;
    synchronized (answers) {
      Queue<Handler> queue = answers.getOrDefault(request, new ArrayDeque<>());
      handler = queue.size() > 1 ? queue.remove() : queue.peek();
    }
    if (handler == null) {
      String absent = json("{'error': 'not-found', 'message': 'nothing there'}");
      byte[] bytes = absent.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(404, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    } else {
      handler.handle(exchange);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : " [" + value + "]";
  }

  /**
   * What came: verb and path, then If-None-Match, Authorization and the body's Content-Type in
   * brackets, each if there is one, then the body.
   */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public AdminAddress address() {
    return AdminAddress.parse(hostAndPort());
  }

  public String hostAndPort() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    List.copyOf(left).forEach(HttpExchange::close);
    server.stop(0);
    threads.shutdownNow();
  }
}
