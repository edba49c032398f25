package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.admin.AdminServer.Reply;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Directors for a host and port. */
class OnDemandApiTest {
  private static final Endpoint SHOP = new Endpoint("shop.example", 8080);
  private static final String PUT = "/director/shop?hostname=SHOP.example.&port=8080";

  private final AdminServer server = new AdminServer();

  @AfterEach
  void close() {
    server.close();
  }

  private Director owner() {
    Director owner = server.directors.find(SHOP);
    if (owner == null) {
      throw new AssertionError("nobody answers for " + SHOP);
    }
    return owner;
  }

  @Test
  void a_director_for_a_host_and_port_is_found_by_them_and_shows_them() {
    Reply created = server.put(PUT, "{\"queue-limit\": 7}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/director/shop");
    assertThat(created.header("ETag")).isNotEmpty();
    assertThat(owner().name()).isEqualTo("shop");
    assertThat(owner().definition().origin()).isEqualTo(new Origin.OnDemand(SHOP, false));
    for (JsonNode shown :
        new JsonNode[] {
          created.json(),
          server.get("/director/shop").json(),
          server.get("/director/").json().get("shop")
        }) {
      assertThat(shown.get("hostname").asText()).isEqualTo("shop.example");
      assertThat(shown.get("port").asInt()).isEqualTo(8080);
      assertThat(shown.get("templated").asBoolean(true)).isFalse();
      assertThat(shown.get("queue-limit").asInt()).isEqualTo(7);
    }
    server.put("/director/app", "{}");
    assertThat(server.get("/director/app").json().has("hostname")).isFalse();
  }

  @Test
  void the_port_is_80_when_nothing_is_said() {
    server.put("/director/x?hostname=[0::1]", "");
    assertThat(server.get("/director/x").json().get("hostname").asText()).isEqualTo("::1");
    assertThat(server.get("/director/x").json().get("port").asInt()).isEqualTo(80);
  }

  @Test
  void the_same_put_again_replaces() {
    server.put(PUT, "{\"queue-limit\": 7}");
    Reply again = server.put(PUT, "{\"queue-limit\": 8}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("queue-limit").asInt()).isEqualTo(8);
    assertThat(owner().definition().origin()).isEqualTo(new Origin.OnDemand(SHOP, false));
  }

  @Test
  void an_endpoint_has_one_owner_which_the_refusal_names() {
    server.put(PUT, "{}");
    Reply refused = server.put("/director/other?hostname=shop.example&port=8080", "{}");
    assertThat(refused.outcome()).isEqualTo("409 name-taken");
    assertThat(refused.json().get("field").asText()).isEqualTo("hostname");
    assertThat(refused.json().get("message").asText()).contains("'shop'");
    assertThat(server.get("/director/other").status()).isEqualTo(404);
    assertThat(server.put("/director/other?hostname=shop.example", "{}").status()).isEqualTo(201);
  }

  @Test
  void a_transaction_and_its_dry_run_tell_that_an_endpoint_is_taken() {
    server.put(PUT, "{}");
    String taken =
        """
        {"changes": [
          {"method": "PUT", "path": "/director/a?hostname=shop.example.&port=8080"},
          {"method": "PUT", "path": "/director/b?hostname=free"},
          {"method": "PUT", "path": "/director/c?hostname=FREE&port=80"},
          {"method": "DELETE", "path": "/director/b"},
          {"method": "PUT", "path": "/director/d", "body": {"hostname": "free"}},
          {"method": "POST", "path": "/director/d", "body": {"queue-limit": 1}}]}
        """;
    for (String query : new String[] {"?dry-run=true", ""}) {
      Reply refused = server.post("/transaction" + query, taken);
      assertThat(refused.outcome()).as(query).isEqualTo("409 name-taken");
      assertThat(refused.json().get("details").findValuesAsText("change"))
          .containsExactly("0", "2");
      assertThat(refused.json().get("details").findValuesAsText("message"))
          .containsExactly(
              "hostname: director 'shop' answers for this host and port",
              "hostname: director 'b' answers for this host and port");
    }
    assertThat(server.directors.all()).hasSize(1);
  }

  @Test
  void a_name_that_is_for_something_else_is_taken() {
    server.put(PUT, "{}");
    server.put("/director/app", "{}");
    Reply port = server.put("/director/shop?hostname=shop.example&port=81", "{}");
    assertThat(port.outcome()).isEqualTo("409 name-taken");
    assertThat(port.json().get("message").asText()).contains("'shop'", "shop.example:8080");
    Reply api = server.put("/director/app?hostname=a", "{}");
    assertThat(api.outcome()).isEqualTo("409 name-taken");
    assertThat(api.json().get("message").asText()).contains("'app'", "no director on demand");
  }

  @Test
  void what_config_gives_can_be_put_back_and_leaves_host_and_port_as_they_are() {
    server.put(PUT, "{\"queue-limit\": 7}");
    String config = server.get("/director/shop/config").response().body();
    assertThat(config).doesNotContain("hostname", "port\"");
    String edited = config.replace("\"queue-limit\":7", "\"queue-limit\":8");
    assertThat(server.put("/director/shop", edited).status()).isEqualTo(200);
    assertThat(owner().definition().spec().settings().queueLimit()).isEqualTo(8);
    assertThat(server.put(PUT, edited).status()).isEqualTo(200);
    assertThat(server.put("/director/copy", edited).status()).isEqualTo(201);
    assertThat(owner().name()).isEqualTo("shop");
    assertThat(server.director("copy").definition().origin()).isEqualTo(new Origin.Api());
  }

  @Test
  void a_removed_director_frees_its_endpoint() {
    server.put(PUT, "{}");
    assertThat(server.delete("/director/shop").status()).isEqualTo(204);
    assertThat(server.directors.find(SHOP)).isNull();
    assertThat(server.put("/director/other?hostname=shop.example&port=8080", "{}").status())
        .isEqualTo(201);
    assertThat(owner().name()).isEqualTo("other");
  }

  @Test
  void a_bad_hostname_or_port_is_named() {
    Reply hostname = server.put("/director/x?hostname=a:80", "{}");
    assertThat(hostname.json().get("field").asText()).isEqualTo("hostname");
    assertThat(hostname.json().get("message").asText())
        .isEqualTo("hostname: want a host name or an address, without a port, got 'a:80'");
    Reply port = server.put("/director/x?hostname=a&port=65536", "{}");
    assertThat(port.json().get("field").asText()).isEqualTo("port");
    assertThat(port.json().get("message").asText())
        .isEqualTo("port: want a whole number from 1 to 65535, got '65536'");
    Reply alone = server.put("/director/x?port=80", "{}");
    assertThat(alone.json().get("field").asText()).isEqualTo("hostname");
    assertThat(server.directors.all()).isEmpty();
  }

  @Test
  void without_a_template_there_is_little_to_say_of_it() {
    assertThat(server.get("/on-demand").response().body()).isEqualTo("{\"template\":false}\n");
  }
}
