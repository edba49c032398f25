package dev.usher.sidecar.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.sidecar.classify.Classification.NoRoute;
import dev.usher.sidecar.classify.Classification.OnDemand;
import dev.usher.sidecar.classify.Classification.ToDirector;
import dev.usher.sidecar.config.Cidr;
import dev.usher.sidecar.config.RouteSpec;
import dev.usher.sidecar.config.RouteSpec.Destination;
import dev.usher.sidecar.director.endpoint.Endpoint;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Real exchanges: bytes over a socket into an Undertow in this process. */
class ClassifierTest {
  private static final List<Cidr> LOOPBACK = List.of(Cidr.parse("", "127.0.0.0/8"));
  private static final RouteSpec APP = to(null, "app", null, null);
  private static final RouteSpec ON_DEMAND = new RouteSpec(null, new Destination.OnDemand());

  private final BlockingQueue<Classification> results = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private Classifier classifier = new Classifier(List.of(), List.of());
  private @Nullable InetAddress peer;
  private Undertow server;

  @BeforeEach
  void start() {
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.DECODE_URL, false)
            .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
            .setHandler(this::handle)
            .build();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void handle(HttpServerExchange exchange) {
    if (peer != null) {
      exchange.setSourceAddress(new InetSocketAddress(peer, 1));
    }
    try {
      results.add(classifier.classify(exchange));
    } catch (RuntimeException e) {
      failures.add(e);
    }
    exchange.endExchange();
  }

  private static RouteSpec to(
      @Nullable String when, String director, @Nullable String bucket, @Nullable String backend) {
    return new RouteSpec(when, new Destination.ToDirector(director, bucket, backend));
  }

  private Classification classify(String target, String... fields) throws Exception {
    return send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + lines(fields));
  }

  private static String lines(String... fields) {
    return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
  }

  private Classification send(String head) throws IOException, InterruptedException {
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      String request = head + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      Classification result = results.poll(5, TimeUnit.SECONDS);
      assertThat(failures).isEmpty();
      assertThat(result).as("an exchange").isNotNull();
      return result;
    }
  }

  @Test
  void the_first_route_that_matches_wins() throws Exception {
    classifier =
        new Classifier(
            List.of(
                to("path-prefix('/upload')", "app", "upload", null),
                to("path-prefix('/upload/x')", "never", null, null),
                to("method(POST)", "never", null, null),
                to("path-prefix('/other') and exists(%{i,X-A})", "other", null, null)),
            List.of());
    assertThat(classify("/upload")).isEqualTo(new ToDirector("app", "upload", null));
    assertThat(classify("/upload/x?q")).isEqualTo(new ToDirector("app", "upload", null));
    assertThat(classify("/other", "X-A: 1")).isEqualTo(new ToDirector("other", null, null));
    assertThat(classify("/other")).isEqualTo(new NoRoute());
    assertThat(classify("/uploads")).isEqualTo(new NoRoute());
  }

  @Test
  void a_predicate_that_matched_leaves_nothing_to_a_later_one() throws Exception {
    classifier =
        new Classifier(
            List.of(
                to("path-prefix('/a') and method(POST)", "never", null, null),
                to("path('/a/b')", "app", null, null)),
            List.of());
    assertThat(classify("/a/b")).isEqualTo(new ToDirector("app", null, null));
  }

  @Test
  void the_tag_of_a_trusted_peer_names_the_bucket() throws Exception {
    classifier = new Classifier(List.of(APP), LOOPBACK);
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", "vip", null));
    assertThat(classify("/", "x-director-bucket:   vip  "))
        .isEqualTo(new ToDirector("app", "vip", null));
    assertThat(classify("/", "X-Director-Bucket: root"))
        .isEqualTo(new ToDirector("app", null, null));
    assertThat(classify("/")).isEqualTo(new ToDirector("app", null, null));
  }

  @Test
  void the_tag_of_any_other_peer_does_not_count() throws Exception {
    classifier = new Classifier(List.of(APP), List.of(Cidr.parse("", "10.0.0.0/8")));
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", null, null));
    classifier = new Classifier(List.of(APP), List.of());
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", null, null));
  }

  @Test
  void an_ipv4_mapped_peer_counts_as_ipv4() throws Exception {
    classifier = new Classifier(List.of(APP), LOOPBACK);
    peer = mapped(127);
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", "vip", null));
    peer = mapped(126);
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", null, null));
    peer = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", null, null));
  }

  private static InetAddress mapped(int first) throws UnknownHostException {
    byte[] bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) first, 0, 0, 1};
    return Inet6Address.getByAddress("", bytes, 0);
  }

  @Test
  void two_tags_or_a_tag_that_is_no_name_become_a_name_that_no_bucket_has() throws Exception {
    classifier = new Classifier(List.of(APP), LOOPBACK);
    assertThat(classify("/", "X-Director-Bucket: vip", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", "vip,vip?", null));
    assertThat(classify("/", "X-Director-Bucket: a b<\u00fc>"))
        .isEqualTo(new ToDirector("app", "a?b????", null));
    assertThat(classify("/", "X-Director-Bucket:")).isEqualTo(new ToDirector("app", "?", null));
    assertThat(classify("/", "X-Director-Bucket: " + "a".repeat(65)))
        .isEqualTo(new ToDirector("app", "a".repeat(64) + "?", null));
  }

  @Test
  void the_bucket_of_a_route_stands_above_the_tag() throws Exception {
    classifier =
        new Classifier(
            List.of(to("path('/r')", "app", "root", null), to(null, "app", "main", null)),
            LOOPBACK);
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", "main", null));
    assertThat(classify("/r", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", null, null));
  }

  @Test
  void constant_results_are_made_once() throws Exception {
    classifier = new Classifier(List.of(to(null, "app", "main", null)), LOOPBACK);
    assertThat(classify("/")).isSameAs(classify("/"));
    classifier = new Classifier(List.of(APP), LOOPBACK);
    assertThat(classify("/")).isSameAs(classify("/", "X-Director-Bucket: root"));
  }

  @Test
  void an_attribute_pins_and_nothing_in_it_does_not() throws Exception {
    classifier =
        new Classifier(
            List.of(to("path('/1')", "app", null, "b1"), to(null, "app", null, "%{i,X-Backend}")),
            LOOPBACK);
    assertThat(classify("/1")).isEqualTo(new ToDirector("app", null, "b1"));
    assertThat(classify("/", "X-Backend: b2", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", null, "b2"));
    assertThat(classify("/", "X-Director-Bucket: vip"))
        .isEqualTo(new ToDirector("app", "vip", null));
    assertThat(classify("/", "X-Backend:")).isEqualTo(new ToDirector("app", null, null));
    assertThat(classify("/", "X-Backend: b2", "X-Backend: b3"))
        .isEqualTo(new ToDirector("app", null, "?b2,?b3??"));
  }

  /** The JDK's regular expressions recurse: a long value overflows the stack. */
  @Test
  void a_predicate_that_throws_counts_as_not_matching_and_is_logged_once() throws Exception {
    String regex = "regex(pattern='(a|b)*c', value=%{i,X-Long})";
    classifier = new Classifier(List.of(to(regex, "matched", null, null), APP), List.of());
    String field = "X-Long: " + "ab".repeat(50_000);
    Logger logger = (Logger) LoggerFactory.getLogger(Route.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      assertThat(classify("/", field)).isEqualTo(new ToDirector("app", null, null));
      assertThat(classify("/", field)).isEqualTo(new ToDirector("app", null, null));
      assertThat(classify("/", "X-Long: abc")).isEqualTo(new ToDirector("matched", null, null));
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).hasSize(1);
  }

  @Test
  void a_route_that_cannot_be_parsed_is_refused_at_once() {
    assertThatThrownBy(() -> new Classifier(List.of(to("nope()", "a", null, null)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void on_demand_takes_host_and_port_of_the_host_field() throws Exception {
    classifier = new Classifier(List.of(ON_DEMAND), List.of());
    assertThat(send("GET / HTTP/1.1\r\nHost: App.Example\r\n"))
        .isEqualTo(onDemand("app.example", 80, null));
    assertThat(send("GET / HTTP/1.1\r\nHost: [FE80::1]:8080\r\n"))
        .isEqualTo(onDemand("fe80::1", 8080, null));
  }

  private static OnDemand onDemand(String host, int port, @Nullable String bucket) {
    return new OnDemand(new Endpoint(host, port), bucket);
  }

  @Test
  void on_demand_takes_the_tag_of_a_trusted_peer() throws Exception {
    classifier = new Classifier(List.of(ON_DEMAND), LOOPBACK);
    assertThat(classify("/", "X-Director-Bucket: vip")).isEqualTo(onDemand("a", 80, "vip"));
    assertThat(classify("/", "X-Director-Bucket: root")).isEqualTo(onDemand("a", 80, null));
    classifier = new Classifier(List.of(ON_DEMAND), List.of());
    assertThat(classify("/", "X-Director-Bucket: vip")).isEqualTo(onDemand("a", 80, null));
  }

  @Test
  void on_demand_has_no_route_without_a_host() throws Exception {
    classifier = new Classifier(List.of(ON_DEMAND), List.of());
    assertThat(send("GET / HTTP/1.0\r\n")).isEqualTo(new NoRoute());
  }

  @Test
  void the_authority_of_an_absolute_target_stands_above_the_host_field() throws Exception {
    classifier = new Classifier(List.of(ON_DEMAND), List.of());
    assertThat(classify("http://B.example:81/x?http://c"))
        .isEqualTo(onDemand("b.example", 81, null));
    assertThat(classify("http://b.example")).isEqualTo(onDemand("b.example", 80, null));
  }

  @Test
  void a_fallback_after_on_demand_is_never_reached() throws Exception {
    classifier = new Classifier(List.of(ON_DEMAND, APP), List.of());
    assertThat(classify("/")).isEqualTo(onDemand("a", 80, null));
  }
}
