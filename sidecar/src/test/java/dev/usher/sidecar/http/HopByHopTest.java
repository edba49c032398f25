package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that are about one connection stay there (RFC 9110 section 7.6.1). */
class HopByHopTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          what is about the message passes        | Accept: a; Cookie: b=c              | Accept: a; Cookie: b=c
          every line of a field passes            | X: 1; X: 2; X: 3                    | X: 1; X: 2; X: 3
          Connection itself stays                 | Connection: close; X: 1             | X: 1
          Keep-Alive stays                        | Keep-Alive: timeout=5; X: 1         | X: 1
          TE and Trailer stay                     | TE: trailers; Trailer: T; X: 1      | X: 1
          Transfer-Encoding stays                 | Transfer-Encoding: chunked; X: 1    | X: 1
          Upgrade and HTTP2-Settings stay         | Upgrade: h2c; HTTP2-Settings: A; X: 1 | X: 1
          Proxy-Connection stays                  | Proxy-Connection: keep-alive; X: 1  | X: 1
          Proxy-Authorization stays               | Proxy-Authorization: Basic x; X: 1  | X: 1
          Proxy-Authenticate stays                | Proxy-Authenticate: Basic; X: 1     | X: 1
          Proxy-Authentication-Info stays         | Proxy-Authentication-Info: n; X: 1  | X: 1
          other Proxy fields pass                 | Proxy-Status: a; X: 1               | Proxy-Status: a; X: 1
          a nominated field stays                 | Connection: X-Hop; X-Hop: 1; X: 1   | X: 1
          all lines of a nominated field stay     | Connection: X-Hop; X-Hop: 1; X-Hop: 2 | ''
          names are compared without case         | Connection: x-HOP; X-Hop: 1; X: 1   | X: 1
          a list of nominations counts            | Connection: close, A ,B; A: 1; B: 2; X: 1 | X: 1
          nominations of several lines count      | Connection: A; Connection: B; A: 1; B: 2; X: 1 | X: 1
          empty nominations mean nothing          | Connection: , ,; X: 1               | X: 1
          Host cannot be nominated                | Connection: host; Host: a           | Host: a
          Content-Length cannot be nominated      | Connection: Content-Length; Content-Length: 5 | Content-Length: 5
          a prefix of a nomination passes         | Connection: X-Hop; X: 1; X-Hop-2: 2 | X-Hop-2: 2; X: 1
          """)
  void passesWhatIsAboutTheMessage(String what, String from, String expected) {
    HeaderMap source = new HeaderMap();
    HeaderMap passed = new HeaderMap();
    Heads.add(source, from);
    HopByHop.copy(source, passed);
    assertThat(Heads.text(passed)).as(what).isEqualTo(expected);
  }
}
