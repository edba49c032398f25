package dev.usher.sidecar.director.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final Settings SETTINGS = Settings.DEFAULT.edit().queueLimit(7).build();
  private static final List<BucketSpec> BUCKETS = List.of(BucketSpec.of("vip", "10%", "30%"));

  private static BackendPattern backend(String name, String url) {
    return new BackendPattern(name, new UrlPattern(url), 4, Role.ACTIVE, true);
  }

  @Test
  void makes_a_director_of_a_host_and_port() {
    Template template =
        new Template(
            SETTINGS,
            List.of(
                backend("own", "http://{host}:{port}"),
                new BackendPattern("all", new UrlPattern("http://spare"), 9, Role.BACKUP, false)),
            BUCKETS);
    assertThat(template.director("x", new Endpoint("Shop.example", 81)))
        .isEqualTo(
            new DirectorSpec(
                "x",
                SETTINGS,
                List.of(
                    new BackendSpec("own", new Target("shop.example", 81), 4, Role.ACTIVE, true),
                    new BackendSpec("all", new Target("spare", 80), 9, Role.BACKUP, false)),
                BUCKETS));
  }

  @Test
  void makes_none_when_a_backend_has_no_url_then() {
    Template template =
        new Template(
            SETTINGS,
            List.of(backend("a", "http://a"), backend("b", "http://{host}.internal")),
            BUCKETS);
    assertThat(template.director("x", new Endpoint("::1", 80))).isNull();
    assertThat(template.director("x", new Endpoint("a~b", 80))).isNull();
    assertThat(template.director("x", new Endpoint("a", 80))).isNotNull();
  }

  @Test
  void refuses_what_a_director_refuses() {
    List<BackendPattern> twice = List.of(backend("a", "http://a"), backend("a", "http://b"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Template(SETTINGS, twice, BUCKETS));
    List<BucketSpec> root =
        List.of(BucketSpec.of("a", "60%", "100%"), BucketSpec.of("b", "60%", "100%"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Template(SETTINGS, List.of(), root));
    assertThatIllegalArgumentException().isThrownBy(() -> backend("a b", "http://a"));
  }
}
