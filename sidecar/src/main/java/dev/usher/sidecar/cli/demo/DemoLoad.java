package dev.usher.sidecar.cli.demo;

import dev.usher.bucket.TagHeader;
import dev.usher.sidecar.time.Timers;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** The clients of all classes, through the sidecar's listener. */
final class DemoLoad implements AutoCloseable {
  private static final Duration GIVE_UP = Duration.ofMinutes(1);

  private final ExecutorService executor = Workers.start("demo-client", 2);
  private final Map<DemoClass, ClassLoad> loads = new EnumMap<>(DemoClass.class);

  DemoLoad(InetSocketAddress listener, Timers timers) {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(executor).build();
    for (DemoClass each : DemoClass.values()) {
      HttpRequest request = request(listener, each);
      loads.put(
          each,
          new ClassLoad(
              () ->
                  client
                      .sendAsync(request, BodyHandlers.discarding())
                      .thenApply(response -> response.statusCode()),
              timers));
    }
  }

  private static HttpRequest request(InetSocketAddress listener, DemoClass of) {
    URI uri = URI.create("http://%s:%d/".formatted(listener.getHostString(), listener.getPort()));
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(GIVE_UP);
    return (of.tagged() ? builder.header(TagHeader.NAME, of.bucket()) : builder).build();
  }

  void enter(Phase phase) {
    loads.forEach((each, load) -> load.resize(phase.clients(each)));
  }

  /** No client sends another request. */
  void stop() {
    loads.values().forEach(load -> load.resize(0));
  }

  boolean idle() {
    return loads.values().stream().allMatch(load -> load.running() == 0);
  }

  /** Answers so far with status 200. */
  Map<DemoClass, Long> served() {
    Map<DemoClass, Long> served = new EnumMap<>(DemoClass.class);
    loads.forEach((each, load) -> served.put(each, load.served()));
    return served;
  }

  /** After the stop: other answers, failures, and requests that nobody has answered. */
  Map<DemoClass, Long> errors() {
    Map<DemoClass, Long> errors = new EnumMap<>(DemoClass.class);
    loads.forEach((each, load) -> errors.put(each, load.errors() + load.running()));
    return errors;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
