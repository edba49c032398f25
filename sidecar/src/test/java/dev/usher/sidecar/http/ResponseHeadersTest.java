package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import io.undertow.client.ClientResponse;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The response's head as the client sees it. */
class ResponseHeadersTest {
  private static final Settings UNTAGGED = Settings.DEFAULT.edit().responseTags(false).build();

  private final HttpServerExchange exchange = Heads.get();

  private String applied(int status, String lines, Settings settings) {
    HeaderMap headers = new HeaderMap();
    Heads.add(headers, lines);
    ClientResponse response = new ClientResponse(status, "Fine", Protocols.HTTP_1_1, headers);
    ResponseHeaders.apply(response, exchange, Heads.lease(settings));
    return Heads.text(exchange.getResponseHeaders());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a known length stays                 | GET  | 1.1 | 200 | Content-Length: 5            | Content-Length: 5; Via: 1.1 usher
          a length said twice is said once     | GET  | 1.1 | 200 | Content-Length: 5; Content-Length: 5 | Content-Length: 5; Via: 1.1 usher
          an unknown length is chunked         | GET  | 1.1 | 200 | X: 1                         | Transfer-Encoding: chunked; Via: 1.1 usher; X: 1
          HTTP/1.0 knows no chunks             | GET  | 1.0 | 200 | X: 1                         | Via: 1.1 usher; X: 1
          204 has no body                      | GET  | 1.1 | 204 | X: 1                         | Via: 1.1 usher; X: 1
          304 has no body                      | GET  | 1.1 | 304 | ETag: "a"                    | ETag: "a"; Via: 1.1 usher
          Via is appended                      | GET  | 1.1 | 204 | Via: 1.0 fred                | Via: 1.0 fred; Via: 1.1 usher
          nominated fields stay                | GET  | 1.1 | 204 | Connection: X-Hop, close; X-Hop: 1; X: 1 | Via: 1.1 usher; X: 1
          Proxy fields stay                    | GET  | 1.1 | 204 | Proxy-Authenticate: Basic; Proxy-Connection: close; X: 1 | Via: 1.1 usher; X: 1
          cookies stay apart                   | GET  | 1.1 | 204 | Set-Cookie: a=1; Set-Cookie: b=2 | Set-Cookie: a=1; Set-Cookie: b=2; Via: 1.1 usher
          """)
  void theHeadIsTheBackendsWithTheClientsFraming(
      String what, String method, String version, int status, String lines, String expected) {
    exchange.setRequestMethod(new HttpString(method));
    exchange.setProtocol(version.equals("1.0") ? Protocols.HTTP_1_0 : Protocols.HTTP_1_1);
    exchange.setPersistent(false);
    assertThat(applied(status, lines, UNTAGGED)).as(what).isEqualTo(expected);
    assertThat(exchange.getStatusCode()).isEqualTo(status);
    assertThat(exchange.getReasonPhrase()).isEqualTo("Fine");
  }

  @Test
  void viaSaysWhichVersionTheBackendHas() {
    ClientResponse response = new ClientResponse(204, "Fine", Protocols.HTTP_1_0, new HeaderMap());
    ResponseHeaders.apply(response, exchange, Heads.lease(UNTAGGED));
    assertThat(Heads.text(exchange.getResponseHeaders())).isEqualTo("Via: 1.0 usher");
  }

  @Test
  void aPersistentHttp10ConnectionIsSaidToBeOne() {
    exchange.setProtocol(Protocols.HTTP_1_0);
    exchange.setPersistent(true);
    assertThat(applied(200, "Content-Length: 5", UNTAGGED)).contains("Connection: keep-alive");
  }

  @Test
  void theTagsSayWhoServedItAndABackendsOwnAreReplaced() {
    String spoofed = "X-Director-Cluster: x; X-Director-Backend: y; X-Director-Bucket: z";
    assertThat(applied(204, spoofed, Settings.DEFAULT))
        .contains("X-Director-Backend: app01; X-Director-Bucket: vip; X-Director-Cluster: app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Length: 5          | false
          Transfer-Encoding: chunked | false
          X: 1                       | true
          """)
  void onlyABodyWithoutFramingIsEndedByClosing(String lines, boolean expected) {
    Heads.add(exchange.getResponseHeaders(), lines);
    assertThat(ResponseHeaders.isEndedByClosing(exchange)).isEqualTo(expected);
  }
}
