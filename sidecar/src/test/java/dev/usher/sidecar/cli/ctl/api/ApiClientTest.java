package dev.usher.sidecar.cli.ctl.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.sidecar.cli.ctl.FakeAdmin;
import dev.usher.sidecar.config.AdminToken;
import dev.usher.unit.InvalidValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {
  private static final ApiRequest GET = ApiRequest.of("GET", "/director/");

  @AutoClose private final FakeAdmin admin = new FakeAdmin();
  private final ApiClient client = new ApiClient(admin.address(), null);

  @Test
  void what_was_done_has_its_status_tag_and_body() throws CtlFailed {
    admin.answer("GET /director/", 200, "{'app': {}}", "ETag", "\"17\"");
    Reply.Done done = client.send(GET).orFail();
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.etag()).isEqualTo("\"17\"");
    assertThat(done.body()).isEqualTo("{\"app\": {}}");
    assertThat(new Tree(done.json()).has("app")).isTrue();
  }

  @Test
  void an_answer_without_a_body_is_fine() throws CtlFailed {
    admin.answer("LOCK /director/app", 204, "");
    Reply.Done done = client.send(ApiRequest.of("LOCK", "/director/app")).orFail();
    assertThat(done.body()).isEmpty();
    assertThat(new Tree(done.json()).entries()).isEmpty();
  }

  @Test
  void requests_carry_what_they_were_given() throws CtlFailed {
    List<Assignment> form = List.of(new Assignment("a", "1"));
    client.send(ApiRequest.of("POST", "/x").withForm(form));
    client.send(ApiRequest.of("PUT", "/x").withJson("{}").ifAbsent());
    new ApiClient(admin.address(), new AdminToken("s3cret"))
        .send(ApiRequest.of("DELETE", "/x?now=true"));
    assertThat(admin.asked())
        .containsExactly(
            "POST /x [application/x-www-form-urlencoded] a=1",
            "PUT /x [*] [application/json] {}",
            "DELETE /x?now=true [Bearer s3cret]");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'error': 'x', 'message': 'capacity: want 1, got 0', 'field': 'capacity'} | capacity: want 1, got 0
          {'message': 'no director \\u001b[31m'}                                     | no director \\u{1b}[31m
          {'message': 'a (and 1 more)', 'problems': [{'field': 'a', 'wanted': '1', 'got': '2'}, {'field': 'b', 'wanted': '3', 'got': '4'}]} | a: want 1, got 2~b: want 3, got 4
          {'message': 'new', 'problems': [{'what': 'else'}]}                        | ?: want ?, got ?
          {'message': 'new', 'problems': 'none'}                                    | new
          """)
  void a_refusal_says_all_that_is_wrong(String body, String complaints) throws CtlFailed {
    admin.answer("GET /director/", 400, body);
    assertThat(client.send(GET))
        .isEqualTo(new Reply.Refused(400, List.of(complaints.split("~", -1))));
  }

  @Test
  void who_lacks_the_token_hears_how_to_bring_it() throws CtlFailed {
    admin.answer("GET /director/", 401, "{'message': 'want the admin token'}");
    assertThat(client.send(GET))
        .isEqualTo(
            new Reply.Refused(
                401, List.of("want the admin token", "--token-file FILE brings the token")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          200 | <html>hello</html>  | answers 200 with no JSON: is it the admin API?
          503 | queue full          | answers 503 with no JSON: is it the admin API?
          404 | {}                  | answers 404 with no message: is it the admin API?
          500 | ``                  | answers 500 with no message: is it the admin API?
          302 | ``                  | answers 302 with no message: is it the admin API?
          """)
  void another_server_is_seen_to_be_none(int status, String body, String message) {
    admin.answer("GET /director/", status, body);
    assertThat(failure(client)).isEqualTo(admin.hostAndPort() + " " + message);
  }

  @Test
  void a_closed_port_is_named_with_what_to_do() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(failure(new ApiClient(AdminAddress.parse("127.0.0.1:" + port), null)))
        .isEqualTo(
            "cannot connect to 127.0.0.1:%d: connection refused".formatted(port)
                + " (--admin ADDR:PORT says where the admin API is)");
  }

  @Test
  void an_unknown_host_is_named() {
    assertThat(failure(new ApiClient(AdminAddress.parse("nowhere.invalid:7071"), null)))
        .startsWith("cannot connect to nowhere.invalid:7071: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE", "LOCK"})
  void a_connection_that_breaks_leaves_open_what_was_done_and_nothing_is_repeated(String verb) {
    admin.hangUp(verb + " /x");
    assertThat(failure(client, ApiRequest.of(verb, "/x")))
        .startsWith("the connection to " + admin.hostAndPort() + " broke: ")
        .endsWith("; what was asked for may have been done");
    assertThat(admin.asked()).containsExactly(verb + " /x");
  }

  @Test
  void a_connection_that_breaks_while_something_is_read_does_no_harm() {
    admin.hangUp("GET /director/");
    assertThat(failure(client)).contains(" broke: ").doesNotContain("may have been done");
  }

  @ParameterizedTest(name = "after ''{0}''")
  @ValueSource(strings = {"", "{\"app\": "})
  void an_answer_that_does_not_end_is_not_waited_for(String beginning) {
    admin.stall("GET /director/", beginning);
    Duration soon = Duration.ofMillis(300);
    assertThat(failure(new ApiClient(admin.address(), null, soon, soon)))
        .isEqualTo(admin.hostAndPort() + " gives no answer within 0.3 s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1:0    | a port from 1 to 65535
          localhost      | ADDR:PORT
          ::1:7071       | ADDR:PORT
          a_b:7071       | a host name without '_'
          127.0.0.1:x    | ADDR:PORT
          """)
  void an_address_at_which_nobody_can_listen_is_refused(String text, String wanted) {
    assertThatThrownBy(() -> AdminAddress.parse(text))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining(wanted);
  }

  @Test
  void an_ipv6_address_stands_in_brackets() {
    AdminAddress address = AdminAddress.parse("[::1]:7071");
    assertThat(address.at("/director/app")).hasToString("http://[::1]:7071/director/app");
    assertThat(address).hasToString("[::1]:7071");
  }

  private static String failure(ApiClient client) {
    return failure(client, GET);
  }

  private static String failure(ApiClient client, ApiRequest request) {
    CtlFailed failed = catchThrowableOfType(CtlFailed.class, () -> client.send(request));
    assertThat(failed).isNotNull();
    return String.valueOf(failed.getMessage());
  }
}
