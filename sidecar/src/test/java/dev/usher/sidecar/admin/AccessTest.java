package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.admin.web.Access;
import dev.usher.sidecar.config.AdminToken;
import dev.usher.sidecar.config.ListenAddress;
import dev.usher.unit.InvalidValue;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call. */
class AccessTest {
  private static final AdminToken TOKEN = new AdminToken("s3cret");

  private static AdminServer open;
  private static AdminServer closed;

  @BeforeAll
  static void start() {
    open = new AdminServer();
    closed = new AdminServer(admin -> Access.withToken(admin, TOKEN), directors -> directors);
  }

  @AfterAll
  static void stop() {
    open.close();
    closed.close();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Host: 127.0.0.1:PORT        | 200
          Host: 127.9.9.9:PORT        | 200
          Host: localhost:PORT        | 200
          Host: LOCALHOST:PORT        | 200
          Host: [::1]:PORT            | 200
          Host: localhost             | 403
          Host: localhost:1           | 403
          Host: localhost:99999       | 400
          Host: 127.0.0.1             | 403
          Host: evil.example:PORT     | 403
          Host: evil.example          | 403
          Host: localhost.evil.example:PORT | 403
          Host: 127.0.0.1.evil.example:PORT | 403
          Host: 128.0.0.1:PORT        | 403
          Host: user@localhost:PORT   | 400
          Host: [::2]:PORT            | 403
          Host: 0x7f000001:PORT       | 403
          Host: localhost:PORT; Host: evil.example | 400
          Host: localhost:PORT; Via: 1.1 usher                | 403
          Host: localhost:PORT; via: 1.0 other, 1.1 x:80      | 403
          Host: localhost:PORT; X-Forwarded-For: 127.0.0.1    | 200
          Host: localhost:PORT; Origin: http://localhost:PORT | 200
          Host: localhost:PORT; Origin: http://localhost:1    | 403
          Host: localhost:PORT; Origin: http://127.0.0.1:PORT | 403
          Host: localhost:PORT; Origin: http://evil.example   | 403
          Host: localhost:PORT; Origin: null                  | 403
          Host: localhost:PORT; Sec-Fetch-Site: same-origin   | 200
          Host: localhost:PORT; Sec-Fetch-Site: none          | 200
          Host: localhost:PORT; Sec-Fetch-Site: same-site     | 403
          Host: localhost:PORT; Sec-Fetch-Site: cross-site    | 403
          """)
  void without_a_token_only_requests_that_mean_this_machine_pass(String headers, int status) {
    String lines = headers.replace("PORT", "" + open.port).replace("; ", "\n");
    for (String path : new String[] {"/director/", "/health"}) {
      String answer =
          RawClient.exchange(
              open.port, "GET %s HTTP/1.1\n%s\nConnection: close\n\n".formatted(path, lines));

      assertThat(answer).startsWith("HTTP/1.1 " + status);
      if (status == 403) {
        assertThat(answer).contains("\"error\":\"not-allowed\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /director/ HTTP/1.0\n\n", "GET /director/ HTTP/1.0\nHost: \n\n"})
  void a_request_without_a_host_is_not_let_in(String request) {
    assertThat(RawClient.exchange(open.port, request)).startsWith("HTTP/1.0 403");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({"localhost, 200", "evil.example, 400"})
  void an_absolute_target_may_not_contradict_the_host(String host, int status) {
    String request =
        "GET http://%s:%d/director/ HTTP/1.1\nHost: localhost:%d\nConnection: close\n\n"
            .formatted(host, open.port, open.port);

    assertThat(RawClient.exchange(open.port, request)).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void a_form_of_a_foreign_page_changes_nothing() {
    open.put("/director/victim", "{}");

    int status =
        open.post(
                "/director/victim",
                "enabled=false",
                "Content-Type: application/x-www-form-urlencoded",
                "Origin: http://evil.example")
            .status();

    assertThat(status).isEqualTo(403);
    assertThat(open.director("victim").definition().spec().settings().enabled()).isTrue();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization: Bearer s3cret   | 200
          Authorization: bearer s3cret   | 200
          Authorization: Bearer  s3cret  | 200
          Authorization: Bearer s3cre    | 401
          Authorization: Bearer s3cret2  | 401
          Authorization: Bearer          | 401
          Authorization: Basic s3cret    | 401
          Authorization: s3cret          | 401
          X-Nothing: at all              | 401
          """)
  void with_a_token_only_the_token_counts(String header, int status) {
    AdminServer.Reply reply = closed.get("/director/", header);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("WWW-Authenticate"))
        .isEqualTo(status == 401 ? "Bearer realm=\"usher\"" : "");
  }

  @Test
  void with_a_token_the_host_may_be_any_and_unknown_paths_are_not_told() {
    String request = "GET /%s HTTP/1.1\nHost: usher.example\n%sConnection: close\n\n";
    String token = "Authorization: Bearer s3cret\n";

    assertThat(RawClient.exchange(closed.port, request.formatted("director/", token)))
        .startsWith("HTTP/1.1 200");
    assertThat(RawClient.exchange(closed.port, request.formatted("nowhere", "")))
        .startsWith("HTTP/1.1 401");
    assertThat(closed.send("OPTIONS", "/director/", null).status()).isEqualTo(401);
  }

  @Test
  void health_and_ready_need_no_token() {
    assertThat(closed.get("/health").outcome()).isEqualTo("200");
    assertThat(closed.get("/ready").outcome()).isEqualTo("200");
  }

  @Test
  void an_address_that_others_can_reach_is_open_with_a_token_only() throws IOException {
    ListenAddress anywhere = new ListenAddress("0.0.0.0", 0);
    Access access = Access.of(anywhere, TOKEN);

    try (AdminServer server = new AdminServer(admin -> access, directors -> directors)) {
      assertThat(server.get("/director/", "Authorization: Bearer s3cret").status()).isEqualTo(200);
      assertThat(server.get("/director/").status()).isEqualTo(401);
    }
    assertThatThrownBy(() -> Access.of(anywhere, null))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("token file");
  }
}
