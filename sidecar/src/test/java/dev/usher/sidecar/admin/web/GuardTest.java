package dev.usher.sidecar.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "127.0.0.1, true",
    "127.8.8.8, true",
    "::1, true",
    "::ffff:127.0.0.1, true",
    "10.0.0.1, false",
    "192.168.1.1, false",
    "0.0.0.0, false",
    "fe80::1, false",
    "::2, false"
  })
  void only_loopback_addresses_are_this_machine(String address, boolean expected)
      throws UnknownHostException {
    for (InetAddress peer : InetAddress.getAllByName(address)) {
      assertThat(Guard.isThisMachine(new InetSocketAddress(peer, 1))).isEqualTo(expected);
    }
  }

  @Test
  void a_peer_without_an_address_is_not_this_machine() {
    assertThat(Guard.isThisMachine(null)).isFalse();
    assertThat(Guard.isThisMachine(InetSocketAddress.createUnresolved("localhost", 1))).isFalse();
    assertThat(Guard.isThisMachine(UnixDomainSocketAddress.of("peer"))).isFalse();
  }
}
