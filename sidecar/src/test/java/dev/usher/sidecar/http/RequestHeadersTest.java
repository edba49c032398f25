package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import io.undertow.client.ClientRequest;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request's head as the backend sees it. */
class RequestHeadersTest {
  private static final Settings SILENT = Settings.DEFAULT;

  private final HttpServerExchange exchange = Heads.get();

  private ClientRequest built(Settings settings) {
    return RequestHeaders.build(exchange, false, Heads.lease(settings));
  }

  private String field(String name) {
    return String.join(" / ", values(name));
  }

  private Iterable<String> values(String name) {
    Iterable<String> values = built(SILENT).getRequestHeaders().get(new HttpString(name));
    return values == null ? java.util.List.of() : values;
  }

  private void add(String lines) {
    Heads.add(exchange.getRequestHeaders(), lines);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1        | h:80 | for=192.0.2.1;proto=http;host="h:80"
          2001:db8::1      | h    | for="[2001:db8:0:0:0:0:0:1]";proto=http;host="h"
          fe80::1%1        | h    | for="[fe80:0:0:0:0:0:0:1]";proto=http;host="h"
          unknown          | h    | for=unknown;proto=http;host="h"
          192.0.2.1        | [::1]:8 | for=192.0.2.1;proto=http;host="[::1]:8"
          192.0.2.1        | a"b\\c  | for=192.0.2.1;proto=http;host="a\\"b\\\\c"
          """)
  void forwardedQuotesWhatItMust(String client, String host, String expected) {
    Heads.from(exchange, client);
    add("Host: " + host);
    assertThat(field("Forwarded")).isEqualTo(expected);
  }

  @Test
  void withoutAHostForwardedHasNoneAndTheBackendIsAskedByItsOwnName() {
    exchange.setProtocol(Protocols.HTTP_1_0);
    assertThat(field("Forwarded")).isEqualTo("for=192.0.2.1;proto=http");
    assertThat(field("X-Forwarded-Host")).isEmpty();
    assertThat(field("Host")).isEqualTo("10.0.0.3:8080");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X-Forwarded-For   | ''                   | 192.0.2.1
          X-Forwarded-For   | 10.1.1.1             | 10.1.1.1, 192.0.2.1
          X-Forwarded-For   | 10.1.1.1, 10.2.2.2   | 10.1.1.1, 10.2.2.2, 192.0.2.1
          X-Forwarded-For   | 10.1.1.1; 10.2.2.2   | 10.1.1.1, 10.2.2.2, 192.0.2.1
          X-Forwarded-Proto | ''                   | http
          X-Forwarded-Proto | https                | https, http
          X-Forwarded-Host  | ''                   | a.example
          X-Forwarded-Host  | b.example            | b.example, a.example
          Forwarded         | for=10.1.1.1         | for=10.1.1.1, for=192.0.2.1;proto=http;host="a.example"
          """)
  void whatEarlierProxiesSaidStaysInFront(String name, String before, String expected) {
    add("Host: a.example");
    for (String line : before.split(";", -1)) {
      add(line.isBlank() ? "" : name + ": " + line);
    }
    assertThat(field(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"})
  void anEmptyListGetsNoEmptyElement(String name) {
    add("Host: a.example; " + name + ":");
    assertThat(field(name)).isNotEmpty().doesNotStartWith(",");
  }

  @ParameterizedTest(name = "HTTP/{0} after {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.1 | ''              | 1.1 usher
          1.0 | ''              | 1.0 usher
          1.1 | 1.0 fred        | 1.0 fred / 1.1 usher
          1.0 | 1.1 a, 1.1 b    | 1.1 a, 1.1 b / 1.0 usher
          """)
  void viaSaysWhichVersionCameIn(String version, String before, String expected) {
    exchange.setProtocol(version.equals("1.0") ? Protocols.HTTP_1_0 : Protocols.HTTP_1_1);
    add("Host: a");
    add(before.isEmpty() ? "" : "Via: " + before);
    assertThat(field("Via")).isEqualTo(expected);
    assertThat(built(SILENT).getProtocol()).isEqualTo(Protocols.HTTP_1_1);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET     | /a/b;c=1?d=%20&e       | own   | /a/b;c=1?d=%20&e
          GET     | /a%2Fb                 | own   | /a%2Fb
          GET     | http://other:81/a?b    | other:81 | /a?b
          GET     | http://other           | other | /
          GET     | http://other?b         | other | /?b
          GET     | http://[::1]:8/a       | [::1]:8 | /a
          OPTIONS | http://other           | other | *
          OPTIONS | http://other/          | other | /
          OPTIONS | *                      | own   | *
          """)
  void theTargetBecomesOriginFormAndItsHostCounts(
      String method, String target, String host, String path) {
    exchange.setRequestMethod(new HttpString(method));
    add("Host: own");
    int question = target.indexOf('?');
    exchange.setRequestURI(
        question < 0 ? target : target.substring(0, question), target.contains("://"));
    exchange.setQueryString(question < 0 ? "" : target.substring(question + 1));
    assertThat(built(SILENT).getPath()).isEqualTo(path);
    assertThat(field("Host")).isEqualTo(host);
    assertThat(field("X-Forwarded-Host")).isEqualTo(host);
  }

  @Test
  void theClientsTagIsRemovedAndTheBucketSentOnlyIfAskedFor() {
    add("Host: a; X-Director-Bucket: main");
    assertThat(field("X-Director-Bucket")).isEmpty();
    Settings telling = SILENT.edit().forwardTag(true).build();
    assertThat(built(telling).getRequestHeaders().get("X-Director-Bucket")).containsExactly("vip");
  }

  @Test
  void hopByHopFieldsStayWithTheClient() {
    add("Host: a; Connection: X-Hop; X-Hop: 1; Proxy-Authorization: Basic x; TE: trailers; X: 1");
    assertThat(Heads.text(built(SILENT).getRequestHeaders()))
        .contains("X: 1")
        .doesNotContain("X-Hop", "Connection", "Proxy-", "TE");
  }

  @Test
  void theClientsHeadStaysAsItIs() {
    add("Host: a; Connection: X-Hop; X-Hop: 1; X-Director-Bucket: main; X-Forwarded-For: b");
    String before = Heads.text(exchange.getRequestHeaders());
    built(SILENT);
    assertThat(Heads.text(exchange.getRequestHeaders())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aRequestWithoutABodyGetsNoFraming(String method) {
    exchange.setRequestMethod(new HttpString(method));
    add("Host: a");
    assertThat(field("Transfer-Encoding")).isEmpty();
    assertThat(field("Content-Length")).isEmpty();
  }

  @Test
  void aBodyOfUnknownLengthIsChunkedAndAKnownLengthStays() {
    HttpServerExchange sending = new HttpServerExchange(null);
    sending.setRequestMethod(Methods.POST);
    sending.setProtocol(Protocols.HTTP_1_1);
    sending.setRequestURI("/");
    sending.setRequestScheme("http");
    Heads.from(sending, "192.0.2.1");
    Heads.add(sending.getRequestHeaders(), "Host: a; Transfer-Encoding: Chunked");
    assertThat(
            Heads.text(
                RequestHeaders.build(sending, true, Heads.lease(SILENT)).getRequestHeaders()))
        .contains("Transfer-Encoding: chunked");
    sending.getRequestHeaders().remove("Transfer-Encoding");
    Heads.add(sending.getRequestHeaders(), "Content-Length: 5");
    assertThat(
            Heads.text(
                RequestHeaders.build(sending, true, Heads.lease(SILENT)).getRequestHeaders()))
        .contains("Content-Length: 5")
        .doesNotContain("Transfer-Encoding");
  }

  @ParameterizedTest
  @CsvSource({"1.1, 100-continue", "1.0, ''"})
  void onlyHttp11CanExpect(String version, String expected) {
    exchange.setProtocol(version.equals("1.0") ? Protocols.HTTP_1_0 : Protocols.HTTP_1_1);
    add("Host: a; Expect: 100-continue");
    assertThat(field("Expect")).isEqualTo(expected);
  }
}
