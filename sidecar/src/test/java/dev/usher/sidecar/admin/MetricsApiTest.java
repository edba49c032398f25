package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.admin.AdminServer.Reply;
import dev.usher.sidecar.admin.AdminServer.Visit;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads. */
class MetricsApiTest {
  private static final String APP =
      """
      {"queue-limit": 1,
       "backends": {"b1": {"url": "http://127.0.0.1:9", "capacity": 2},
                    "b2": {"url": "http://127.0.0.1:10", "capacity": 5, "enabled": false}},
       "buckets": {"vip": {"rate": "1t", "buckets": {"gold": {"ceil": "1t"}}}}}
      """;

  private final AdminServer server = new AdminServer();

  @BeforeEach
  void open() {
    assertThat(server.put("/director/app", APP).status()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private List<String> scrape() {
    Reply reply = server.get("/metrics");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    return reply.response().body().lines().toList();
  }

  @Test
  void tells_of_requests_tokens_queues_and_backends() {
    server.visit("app", "gold").lease();
    server.visit("app", "gold");
    server.visit("app", "nobody-knows").lease();
    server.visit("app", "gold");
    assertThat(scrape())
        .contains(
            "usher_director_enabled{director=\"app\"} 1.0",
            "usher_director_capacity_tokens{director=\"app\"} 2.0",
            "usher_director_load_requests{director=\"app\"} 2.0",
            "usher_director_requests_total{director=\"app\"} 2.0",
            "usher_director_queued_requests{director=\"app\"} 1.0",
            "usher_director_waits_total{director=\"app\"} 1.0",
            "usher_director_dropped_requests_total{director=\"app\"} 1.0",
            "usher_director_unknown_bucket_requests_total{director=\"app\"} 1.0",
            "usher_bucket_rate_tokens{bucket=\"vip\",director=\"app\"} 1.0",
            "usher_bucket_ceil_tokens{bucket=\"gold\",director=\"app\"} 1.0",
            "usher_bucket_actual_tokens{bucket=\"root\",director=\"app\"} 2.0",
            "usher_bucket_actual_tokens{bucket=\"vip\",director=\"app\"} 1.0",
            "usher_bucket_own_tokens{bucket=\"vip\",director=\"app\"} 0.0",
            "usher_bucket_borrowed_tokens{bucket=\"gold\",director=\"app\"} 1.0",
            "usher_bucket_queued_requests{bucket=\"gold\",director=\"app\"} 1.0",
            "usher_bucket_granted_requests_total{bucket=\"gold\",director=\"app\"} 1.0",
            "usher_bucket_borrowing_requests_total{bucket=\"gold\",director=\"app\"} 1.0",
            "usher_bucket_waits_total{bucket=\"gold\",director=\"app\"} 1.0",
            "usher_bucket_rejected_requests_total{bucket=\"gold\",director=\"app\"} 1.0",
            "usher_bucket_loan_wait_seconds_count{bucket=\"gold\",director=\"app\"} 1",
            "usher_backend_info{backend=\"b1\",director=\"app\",role=\"active\","
                + "url=\"http://127.0.0.1:9\"} 1",
            "usher_backend_enabled{backend=\"b2\",director=\"app\"} 0.0",
            "usher_backend_online{backend=\"b1\",director=\"app\"} 1.0",
            "usher_backend_capacity_requests{backend=\"b1\",director=\"app\"} 2.0",
            "usher_backend_load_requests{backend=\"b1\",director=\"app\"} 2.0",
            "usher_backend_requests_total{backend=\"b1\",director=\"app\"} 2.0",
            "usher_backend_requests_total{backend=\"b2\",director=\"app\"} 0.0");
  }

  @Test
  void waits_are_told_in_seconds() {
    server.visit("app", "vip").lease();
    Lease held = server.visit("app", "vip").lease();
    Visit waiting = server.visit("app", "vip");
    server.time.advanceMillis(1_500);
    held.close(Outcome.SERVED);
    waiting.lease();
    assertThat(scrape())
        .contains("usher_bucket_loan_wait_seconds_sum{bucket=\"vip\",director=\"app\"} 1.5");
  }

  @Test
  void tells_whether_changes_can_be_kept() {
    assertThat(scrape())
        .contains(
            "usher_store_up 1.0",
            "usher_store_changes_kept_total 3.0",
            "usher_store_changes_failed_total 1.0");
    server.keeper.failure = "disk full";
    assertThat(scrape()).contains("usher_store_up 0.0");
  }

  @Test
  void tells_what_runs_and_how_its_jvm_does() {
    assertThat(scrape())
        .contains("usher_build_info{version=\"unknown\"} 1")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"} "))
        .anyMatch(line -> line.startsWith("process_cpu_seconds_total "));
  }

  @Test
  void speaks_open_metrics_to_who_asks_for_it() {
    Reply reply = server.get("/metrics", "Accept: application/openmetrics-text; version=1.0.0");
    assertThat(reply.header("Content-Type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(reply.response().body()).endsWith("# EOF\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usher_director_requests_total",
        "usher_director_requests",
        "usher_store_up",
        "usher_backend_info"
      })
  void gives_only_the_metrics_that_are_named(String name) {
    Reply reply = server.get("/metrics?name%5B%5D=" + name);
    assertThat(reply.response().body().lines().filter(line -> !line.startsWith("#")))
        .hasSizeBetween(1, 2)
        .allMatch(line -> line.startsWith(name));
  }

  @Test
  void the_head_of_a_scrape_has_no_body() {
    Reply reply = server.send("HEAD", "/metrics", null);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.response().body()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /metrics?on-demand=maybe | 400 bad-value
          POST | /metrics                 | 405 method-not-allowed
          GET  | /metrics/x               | 404 not-found
          """)
  void what_is_wrong_is_told(String verb, String path, String outcome) {
    assertThat(server.send(verb, path, null).outcome()).isEqualTo(outcome);
  }
}
