package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.unit.InvalidValue;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest(name = "{0} contains {1}: {2}")
  @CsvSource(
      textBlock =
          """
          127.0.0.0/8,    127.255.255.255, true
          127.0.0.0/8,    128.0.0.0,       false
          10.1.2.0/23,    10.1.3.255,      true
          10.1.2.0/23,    10.1.4.0,        false
          10.1.2.3,       10.1.2.3,        true
          10.1.2.3/32,    10.1.2.2,        false
          0.0.0.0/0,      255.1.2.3,       true
          0.0.0.0/0,      ::1,             false
          128.0.0.0/1,    192.0.0.1,       true
          128.0.0.0/1,    127.0.0.1,       false
          ::/0,           fe80::1,         true
          ::/0,           1.2.3.4,         false
          ::1/128,        ::1,             true
          ::1,            ::2,             false
          2001:db8::/33,  2001:db8:7fff::, true
          2001:db8::/33,  2001:db8:8000::, false
          ::ffff:10.0.0.1, 10.0.0.1,       true
          """)
  void tells_what_lies_in_it(String block, String address, boolean inside) throws Exception {
    assertThat(Cidr.parse("f", block).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @Test
  void an_ipv4_mapped_address_is_the_ipv4_one() throws Exception {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
    Inet6Address address = Inet6Address.getByAddress("", mapped, 0);
    assertThat(Cidr.parse("f", "127.0.0.0/8").contains(address)).isTrue();
    assertThat(Cidr.parse("f", "128.0.0.0/8").contains(address)).isFalse();
    assertThat(Cidr.parse("f", "::/0").contains(address)).isFalse();
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10",
        "10/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0/8",
        "010.0.0.0/8",
        "256.0.0.0/8",
        "10.0.0.1/8",
        "localhost",
        "localhost/8",
        "::/129",
        ":::/8",
        "1::2::3/8",
        "::1/64",
        "[::1]/128",
        "fe80::1%eth0",
        "10.0.0.0 /8",
        " 10.0.0.0/8",
        "::ffff:10.0.0.0/104",
        "a.b",
        "1:2",
        ":"
      })
  void refuses_everything_else_and_names_the_field(String text) {
    assertThatThrownBy(() -> Cidr.parse("trust-tags-from", text))
        .isInstanceOfSatisfying(
            InvalidValue.class,
            e -> {
              assertThat(e.field()).isEqualTo("trust-tags-from");
              assertThat(e.got()).isEqualTo("'" + text + "'");
            });
  }

  @Test
  void every_block_is_read_back_from_its_text_and_contains_just_its_own() throws Exception {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      int bits = random.nextInt(bytes.length * 8 + 1);
      byte[] network = bytes.clone();
      for (int bit = bits; bit < bytes.length * 8; bit++) {
        network[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
      }
      Cidr block = new Cidr(InetAddress.getByAddress(network), bits);
      assertThat(Cidr.parse("f", block.toString())).as("seed %d", seed).isEqualTo(block);
      assertThat(block.contains(InetAddress.getByAddress(bytes))).as("seed %d", seed).isTrue();
      if (bits > 0) {
        byte[] outside = Arrays.copyOf(bytes, bytes.length);
        int flipped = random.nextInt(bits);
        outside[flipped / 8] ^= (byte) (0x80 >> (flipped % 8));
        assertThat(block.contains(InetAddress.getByAddress(outside))).as("seed %d", seed).isFalse();
      }
    }
  }
}
