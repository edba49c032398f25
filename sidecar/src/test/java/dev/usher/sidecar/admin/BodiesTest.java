package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies come, or do not. */
class BodiesTest {
  private static final int LIMIT = 1 << 20;

  private final AdminServer server = new AdminServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String head(String verb, String headers) {
    return "%s /director/app HTTP/1.1\nHost: localhost:%d\n%s\n\n"
        .formatted(verb, server.port, headers);
  }

  private void awaitTimers(int timers) {
    await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> server.bodyTimers() == timers);
  }

  private static String padded(int length) {
    return "{" + " ".repeat(length - 2) + "}";
  }

  @Test
  void a_body_of_exactly_the_limit_is_taken() {
    assertThat(server.put("/director/app", padded(LIMIT)).outcome()).isEqualTo("201");
  }

  @Test
  void a_longer_body_is_too_large() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Content-Length: " + (LIMIT + 1)));

      assertThat(client.readUntil("too-large")).startsWith("HTTP/1.1 413").contains("close");
    }
    assertThat(server.directors.find("app")).isNull();
  }

  @Test
  void an_absurd_length_sets_no_memory_aside() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Content-Length: 2147483000"));

      assertThat(client.readUntil("too-large")).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void a_chunked_body_is_measured_as_it_comes() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Transfer-Encoding: chunked"));
      byte[] chunk = " ".repeat(0x10000).getBytes(StandardCharsets.US_ASCII);
      for (int sent = 0; sent <= LIMIT; sent += chunk.length) {
        client.send("10000\n");
        client.sendBytes(chunk);
        client.send("\n");
      }

      assertThat(client.readUntil("too-large")).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void a_chunked_body_within_the_limit_is_taken() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Transfer-Encoding: chunked"));
      client.send("1\n{\n");
      client.send("1\n}\n0\n\n");

      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 201");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\n{}\n", "2\n{}junk\n0\n\n", "-1\n{}\n"})
  void a_badly_framed_body_is_a_bad_value_and_ends_the_connection(String body) {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Transfer-Encoding: chunked"));
      client.send(body);

      assertThat(client.readAll()).startsWith("HTTP/1.1 400").contains("badly framed");
    }
    awaitTimers(0);
    assertThat(server.directors.find("app")).isNull();
  }

  @Test
  void a_client_that_waits_for_100_continue_hears_it() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Content-Length: 2\nExpect: 100-continue"));
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
      client.send("{}");

      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void a_body_that_does_not_come_in_time_is_given_up() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Content-Length: 100") + "{");
      awaitTimers(2);
      server.passBodyTime(9);
      client.send(" ");
      assertThat(server.bodyTimers()).isEqualTo(2);

      server.passBodyTime(1);
      assertThat(client.readUntil("timeout")).startsWith("HTTP/1.1 408");

      server.passBodyTime(10);
      client.readAll();
    }
    awaitTimers(0);
    assertThat(server.directors.find("app")).isNull();
  }

  @Test
  void the_body_of_a_get_does_not_count_and_does_not_stay() {
    server.put("/director/app", "{}");
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("GET", "Content-Length: 100") + "{");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
      awaitTimers(1);

      server.passBodyTime(20);
      client.readAll();
    }
    awaitTimers(0);
  }

  @Test
  void a_client_that_leaves_in_the_middle_leaves_nothing_behind() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Content-Length: 100") + "{");
      awaitTimers(2);
    }
    awaitTimers(0);
  }

  @Test
  void requests_on_one_connection_follow_each_other() {
    try (RawClient client = new RawClient(server.port)) {
      client.send(head("PUT", "Content-Length: 2") + "{}");
      assertThat(client.readUntil("\"backends\":[]}\n")).startsWith("HTTP/1.1 201");
      client.send(head("LOCK", "Content-Length: 0"));
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 204")
          .doesNotContain("Content-Length");
      client.send(head("GET", "X-Nothing: at all"));
      assertThat(client.readUntil("\"enabled\":false")).startsWith("HTTP/1.1 200");
    }
    awaitTimers(0);
  }
}
