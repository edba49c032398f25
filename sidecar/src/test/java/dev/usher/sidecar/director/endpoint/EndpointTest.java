package dev.usher.sidecar.director.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.unit.InvalidValue;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shop.example       | shop.example
          SHOP.Example       | shop.example
          shop.example.      | shop.example
          10.0.0.1           | 10.0.0.1
          my_app~1-2         | my_app~1-2
          ::1                | ::1
          [::1]              | ::1
          [0:0:0:0:0:0:0:1]  | ::1
          0000:0::0001       | ::1
          ::                 | ::
          2001:DB8::A        | 2001:db8::a
          2001:db8:0:0:1:0:0:1     | 2001:db8::1:0:0:1
          2001:0db8:0000:0000:0001:0:0:1 | 2001:db8::1:0:0:1
          2001:db8:0:1:1:1:1:1     | 2001:db8:0:1:1:1:1:1
          2001:db8::1:1:1:1:1      | 2001:db8:0:1:1:1:1:1
          2001:0:0:1:0:0:0:1       | 2001:0:0:1::1
          1:2:3:4:5:6:7::          | 1:2:3:4:5:6:7:0
          ::2:3:4:5:6:7:8          | 0:2:3:4:5:6:7:8
          1:0:0:0:0:0:0:0          | 1::
          ::ffff:1.2.3.4           | ::ffff:1.2.3.4
          ::FFFF:102:304           | ::ffff:1.2.3.4
          0:0:0:0:0:ffff:1.2.3.4   | ::ffff:1.2.3.4
          64:ff9b::192.0.2.33      | 64:ff9b::c000:221
          ::1.2.3.4                | ::102:304
          fe80::1                  | fe80::1
          """)
  void has_one_spelling_of_a_host(String written, String host) {
    Endpoint endpoint = new Endpoint(written, 80);
    assertThat(endpoint.host()).isEqualTo(host);
    assertThat(endpoint)
        .isEqualTo(new Endpoint(host, 80))
        .hasSameHashCodeAs(new Endpoint(host, 80));
    assertThat(endpoint).isNotEqualTo(new Endpoint(host, 81));
    assertThat(Endpoint.parse(endpoint.toString(), 0)).isEqualTo(endpoint);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".a",
        "a..b",
        "a..",
        "a b",
        "a/b",
        "a:80",
        "u@a",
        "a,b",
        "a%41",
        "\u00fc",
        "a\n",
        "[a]",
        "[]",
        "[1.2.3.4]",
        "[::1",
        "::1]",
        "[[::1]]",
        "[::1]:80",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::12345",
        "::g",
        "::1.2.3",
        "::1.2.3.256",
        "::01.2.3.4",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "fe80::1%eth0",
        "fe80::1%25eth0",
        "0:0:0:0:0:0:0:0000000000000000000000000000000000001"
      })
  void refuses_what_is_no_host(String written) {
    InvalidValue refused =
        catchThrowableOfType(InvalidValue.class, () -> new Endpoint(written, 80));
    assertThat(refused.field()).isEqualTo("hostname");
    assertThat(refused.wanted()).isEqualTo("a host name or an address, without a port");
  }

  @Test
  void has_a_longest_host() {
    String longest = "a".repeat(255);
    assertThat(new Endpoint(longest, 1).host()).isEqualTo(longest);
    assertThat(new Endpoint(longest + ".", 1).host()).isEqualTo(longest);
    assertThat(Endpoint.parse("a".repeat(256), 80)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void refuses_what_is_no_port(int port) {
    InvalidValue refused = catchThrowableOfType(InvalidValue.class, () -> new Endpoint("a", port));
    assertThat(refused.field()).isEqualTo("port");
  }

  @ParameterizedTest(name = "{0} else {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          a           | 80 | a:80
          a:          | 80 | a:80
          a           | 0  | none
          a:          | 0  | none
          a:1         | 0  | a:1
          a:00001     | 80 | a:1
          a:000001    | 80 | none
          A.B.:65535  | 80 | a.b:65535
          a:65536     | 80 | none
          a:0         | 80 | none
          a:1x        | 80 | none
          a:-1        | 80 | none
          a:1:2       | 80 | none
          [::1]       | 80 | [::1]:80
          [::0:1]:443 | 80 | [::1]:443
          [::1]1      | 80 | none
          [::1]x1     | 80 | none
          ::1         | 80 | none
          """)
  void reads_host_and_port_of_an_authority(
      String authority, int defaultPort, @Nullable String expected) {
    Endpoint endpoint = Endpoint.parse(authority, defaultPort);
    assertThat(endpoint == null ? null : endpoint.toString()).isEqualTo(expected);
  }

  @Test
  void a_host_that_is_spelled_so_already_is_not_copied() {
    String host = "shop.example";
    Endpoint endpoint = Objects.requireNonNull(Endpoint.parse(host, 80));
    assertThat(endpoint.host()).isSameAs(host);
  }

  /** The JDK is asked whether the text that comes out is the address that went in. */
  @Test
  void any_address_in_any_spelling_stays_the_same_address() throws UnknownHostException {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = address(random);
      String host = new Endpoint(spelling(random, bytes), 80).host();
      InetAddress back = InetAddress.getByName(host);
      byte[] read = back instanceof Inet6Address ? back.getAddress() : mapped(back.getAddress());
      assertThat(read).as("seed %d: %s", seed, host).isEqualTo(bytes);
      assertThat(host).as("seed %d", seed).isEqualTo(new Endpoint(host, 80).host());
      assertThat(new Endpoint(spelling(random, bytes), 80).host()).as("%d", seed).isEqualTo(host);
    }
  }

  /** Half of its groups are zero, so that there are runs of them. */
  private static byte[] address(Random random) {
    byte[] bytes = new byte[16];
    for (int group = 0; group < 8; group++) {
      if (random.nextBoolean()) {
        bytes[2 * group] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
        bytes[2 * group + 1] = (byte) random.nextInt();
      }
    }
    return bytes;
  }

  private static byte[] mapped(byte[] four) {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(four, 0, bytes, 12, 4);
    return bytes;
  }

  private static String spelling(Random random, byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int gap = random.nextInt(9);
    boolean gapped = false;
    for (int group = 0; group < 8; group++) {
      int value = (bytes[2 * group] & 0xff) << 8 | (bytes[2 * group + 1] & 0xff);
      if (group >= gap && value == 0 && !gapped) {
        gapped = true;
        text.append(group == 0 ? "::" : ":");
        while (group < 7 && bytes[2 * group + 2] == 0 && bytes[2 * group + 3] == 0) {
          group++;
        }
        continue;
      }
      String hex = random.nextBoolean() ? Integer.toHexString(value) : "%04X".formatted(value);
      text.append(hex).append(group == 7 ? "" : ":");
    }
    return random.nextBoolean() ? text.toString() : "[" + text + "]";
  }
}
