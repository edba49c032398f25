package dev.usher.sidecar.director.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.director.endpoint.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedNameTest {
  /** Names are kept: they must be the same in every version. */
  @ParameterizedTest(name = "{0}, attempt {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shop.example:80     | 0 | shop.example-80
          SHOP.example.:80    | 0 | shop.example-80
          shop.example:8080   | 0 | shop.example-8080
          10.0.0.1:80         | 0 | 10.0.0.1-80
          -:1                 | 0 | --1
          shop.example:80     | 1 | shop.example-80-7495cd2190ee
          shop.example:80     | 2 | shop.example-80-7cdea1a52f7e
          [::1]:80            | 0 | --1-80-359585774085
          [::1]:80            | 1 | --1-80-7ab1b3786d29
          a~b:80              | 0 | a-b-80-ba7a737381b5
          """)
  void is_made_of_host_and_port(String authority, int attempt, String name) {
    assertThat(DerivedName.of(endpoint(authority), attempt)).isEqualTo(name);
  }

  private static Endpoint endpoint(String authority) {
    Endpoint endpoint = Endpoint.parse(authority, 80);
    if (endpoint == null) {
      throw new AssertionError(authority);
    }
    return endpoint;
  }

  @Test
  void a_long_host_is_cut() {
    String fits = "a".repeat(61);
    assertThat(DerivedName.of(new Endpoint(fits, 80), 0)).isEqualTo(fits + "-80");
    String name = DerivedName.of(new Endpoint(fits + "a", 80), 0);
    assertThat(name).matches("a{45}-80-[0-9a-f]{12}");
    assertThat(DerivedName.of(new Endpoint("b".repeat(255), 65_535), 9)).hasSize(64);
  }

  @Test
  void no_two_endpoints_have_the_same_name() {
    Map<String, String> owners = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 30_000; i++) {
      Endpoint endpoint = endpoint(random);
      for (int attempt = 0; attempt < 3; attempt++) {
        String name = DerivedName.of(endpoint, attempt);
        assertThat(BucketName.isValid(name)).as(name).isTrue();
        String owner = endpoint + " " + attempt;
        assertThat(owners.getOrDefault(name, owner)).as(name).isEqualTo(owner);
        owners.put(name, owner);
      }
    }
  }

  /**
   * Short hosts of few letters, which come close to each other, and long ones with one beginning.
   */
  private static Endpoint endpoint(Random random) {
    StringBuilder host = new StringBuilder(random.nextInt(20) == 0 ? "x".repeat(60) : "");
    int length = 1 + random.nextInt(6);
    boolean six = random.nextInt(4) == 0;
    for (int i = 0; i < length; i++) {
      host.append(six ? Integer.toHexString(random.nextInt(4)) : "a1-8".charAt(random.nextInt(4)));
      host.append(six && i < length - 1 ? ":" : "");
    }
    int port = random.nextInt(3) == 0 ? 80 : 1 + random.nextInt(65_535);
    return new Endpoint(
        six ? "[::" + host.substring(host.indexOf("xx") < 0 ? 0 : 60) + "]" : host.toString(),
        port);
  }
}
