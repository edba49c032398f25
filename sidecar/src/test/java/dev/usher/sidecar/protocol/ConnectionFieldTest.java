package dev.usher.sidecar.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionFieldTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          close             | true
          Close             | true
          TE, close         | true
          close, foo        | true
          foo,CLOSE ,bar    | true
          ,, close          | true
          foo / close       | true
          close / foo       | true
          keep-alive        | false
          close-not         | false
          foo-close, clos   | false
          close foo         | false
          ''                | false
          ','               | false
          """)
  void findsCloseAmongTheOptionsOfAllLines(String lines, boolean expected) {
    HeaderMap headers = new HeaderMap();
    for (String line : lines.split(" / ", -1)) {
      headers.add(Headers.CONNECTION, line);
    }
    assertThat(ConnectionField.asksToClose(headers)).isEqualTo(expected);
  }

  @Test
  void isNotAskedForWhereThereIsNoSuchField() {
    assertThat(ConnectionField.asksToClose(new HeaderMap())).isFalse();
  }
}
