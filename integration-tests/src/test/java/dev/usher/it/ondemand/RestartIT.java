package dev.usher.it.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.UsherProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directors on demand, with a data folder. */
class RestartIT {
  private static final String TEMPLATE =
      "on-demand: {limit: 2, template: {enabled: false, backends: {own: {url: 'http://127.0.0.1:9',"
          + " capacity: 1}}}}\n";

  @TempDir private Path folder;

  private UsherProcess start(String template) {
    return UsherProcess.start(
        Configs.ports() + "data: '" + folder + "'\nroutes: [{on-demand: true}]\n" + template);
  }

  /** Why a Host is not served: a director that is disabled answers for it, or none. */
  private static String reason(UsherProcess usher, String host) {
    try (RawClient client = usher.connect()) {
      return client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").read().reason();
    }
  }

  @Test
  void oneOfTheApiAnswersForItsHostAndPortAfterAKill() {
    JsonNode before;
    try (UsherProcess usher = start("")) {
      String path = "/director/shop?hostname=SHOP.example.&port=8080";
      usher.admin().put(path, "{'enabled':false,'queue-limit':5}").expect(201);
      usher.admin().put("/director/six?hostname=[0::1]", "{'enabled':false}").expect(201);
      before = usher.admin().read("/director/shop");
      usher.kill();
    }
    try (UsherProcess usher = start("")) {
      JsonNode shop = usher.admin().read("/director/shop");
      for (String key : new String[] {"hostname", "port", "templated", "queue-limit", "version"}) {
        assertThat(shop.get(key)).as(key).isNotNull().isEqualTo(before.get(key));
      }
      assertThat(reason(usher, "shop.example:8080")).isEqualTo("disabled");
      assertThat(reason(usher, "[::1]")).isEqualTo("disabled");
      assertThat(reason(usher, "shop.example")).isEqualTo("no-director");
      usher.admin().put("/director/other?hostname=shop.example&port=8080", "{}").expect(409);
    }
  }

  @Test
  void oneFromTheTemplateCountsForTheLimitAfterARestartUntilItIsChanged() {
    try (UsherProcess usher = start(TEMPLATE)) {
      assertThat(reason(usher, "a.example")).isEqualTo("disabled");
      assertThat(reason(usher, "b.example:81")).isEqualTo("disabled");
      usher.admin().post("/director/b.example-81", "{'queue-limit':5}").expect(200);
    }
    try (UsherProcess usher = start(TEMPLATE)) {
      assertThat(usher.admin().read("/director/a.example-80").at("/templated").asBoolean())
          .isTrue();
      assertThat(usher.admin().read("/director/b.example-81").at("/queue-limit").asInt())
          .isEqualTo(5);
      assertThat(usher.admin().read("/on-demand").at("/directors").asInt()).isEqualTo(1);
      assertThat(reason(usher, "b.example:81")).isEqualTo("disabled");
      assertThat(reason(usher, "c.example")).isEqualTo("disabled");
      assertThat(reason(usher, "d.example")).isEqualTo("on-demand-limit");
    }
  }
}
