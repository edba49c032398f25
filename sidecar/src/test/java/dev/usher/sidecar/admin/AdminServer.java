package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.sidecar.admin.web.Access;
import dev.usher.sidecar.config.ListenAddress;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Requester;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.registry.DirectorRegistry;
import dev.usher.sidecar.http.ChunkedRequest;
import dev.usher.sidecar.strand.Strand;
import dev.usher.sidecar.time.FakeTime;
import dev.usher.sidecar.time.Timers;
import io.undertow.Undertow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The admin API over real directors, on a free port; time stands still. */
final class AdminServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final FakeTime time = new FakeTime();
  final FailingKeeper keeper = new FailingKeeper();
  final Directors directors =
      new DirectorRegistry(
          new DirectorPorts(
              time,
              time,
              bound -> 0,
              (target, timeout, done) -> () -> {},
              (director, backend, now, cause) -> {},
              keeper,
              new Versions(() -> 0),
              () ->
                  new Strand(
                      bug -> {
                        throw new AssertionError(bug);
                      })));

  /** Keeps nothing, and fails when it is told to. */
  static final class FailingKeeper implements Keeper {
    /** How many it was asked to keep. */
    final AtomicInteger entries = new AtomicInteger();

    volatile @Nullable String failure;

    @Override
    public CompletionStage<Kept> keep(List<Entry> asked) {
      entries.addAndGet(asked.size());
      String why = failure;
      return CompletableFuture.completedStage(why == null ? new Kept.Done() : new Kept.Failed(why));
    }

    @Override
    public Status status() {
      return new Status(3, 1, failure);
    }
  }

  volatile Readiness readiness = Readiness.READY;
  private final FakeTime bodyTime = new FakeTime();
  private final Undertow server;
  private final HttpClient client = HttpClient.newHttpClient();
  final int port;

  AdminServer() {
    this(Access::loopbackOnly, directors -> directors);
  }

  AdminServer(Function<ListenAddress, Access> access, Function<Directors, Directors> wrap) {
    AdminApi api =
        new AdminApi(
            wrap.apply(directors),
            access.apply(new ListenAddress("127.0.0.1", 0)),
            () -> readiness,
            keeper::status,
            time,
            new OneAtATime());
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(8)
            .setHandler(ChunkedRequest.before(api))
            .build();
    server.start();
    port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Lets {@code seconds} pass for bodies that are on their way. */
  void passBodyTime(long seconds) {
    synchronized (bodyTime) {
      bodyTime.advanceMillis(seconds * 1_000);
    }
  }

  int bodyTimers() {
    synchronized (bodyTime) {
      return bodyTime.timers();
    }
  }

  private final class OneAtATime implements Timers {
    @Override
    public Timer after(long delayNanos, Runnable task) {
      synchronized (bodyTime) {
        Timer timer = bodyTime.after(delayNanos, task);
        return () -> {
          synchronized (bodyTime) {
            timer.cancel();
          }
        };
      }
    }
  }

  Director director(String name) {
    Director director = directors.find(name);
    if (director == null) {
      throw new AssertionError("no director " + name);
    }
    return director;
  }

  /** Sends a request; headers are written {@code Name: value}. */
  Reply send(String verb, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20));
    request.method(verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (String header : headers) {
      int colon = header.indexOf(':');
      request.header(header.substring(0, colon), header.substring(colon + 1).trim());
    }
    try {
      return new Reply(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Reply put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  Reply post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Reply delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  /** Asks {@code director} for a backend and waits for what comes of it. */
  Visit visit(String director, @Nullable String bucket) {
    Visit visit = new Visit();
    director(director).admit(new Ask(bucket, null, visit));
    return visit;
  }

  @Override
  public void close() {
    server.stop();
  }

  /** What came back. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Status and error code: {@code 404 not-found}. */
    String outcome() {
      JsonNode error = response.body().isEmpty() ? null : json().get("error");
      return status() + (error == null ? "" : " " + error.asText());
    }
  }

  /** A request at a director. */
  static final class Visit implements Requester {
    private final BlockingQueue<Admission> heard = new LinkedBlockingQueue<>();
    volatile boolean revoked;

    @Override
    public void onAdmission(Admission admission) {
      heard.add(admission);
    }

    @Override
    public void onRevoked(Lease lease) {
      revoked = true;
    }

    Lease lease() {
      try {
        if (heard.poll(5, TimeUnit.SECONDS) instanceof Admission.Granted granted) {
          return granted.lease();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      throw new AssertionError("no grant came");
    }

    boolean waits() {
      return heard.isEmpty();
    }
  }
}
