package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.admin.AdminServer.Reply;
import dev.usher.sidecar.director.admission.Lease;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every route with every answer it can give. */
class RoutesTest {
  private static final String BACKEND = "{\"url\":\"http://127.0.0.1:8080\",\"capacity\":4}";
  private static final String DIRECTOR =
      """
      {"queue-limit": 7,
       "backends": {"b1": %s, "b2": %s},
       "buckets": {"vip": {"rate": "20%%"},
                   "main": {"rate": "50%%", "buckets": {"upload": {"rate": "50%%"}}}}}
      """
          .formatted(BACKEND, BACKEND);

  private static AdminServer server;

  @BeforeAll
  static void start() {
    server = new AdminServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** app at version 2 with a backend that drains, other at version 1, shop on demand. */
  @BeforeEach
  void begin() {
    server.directors.all().forEach(each -> server.delete("/director/" + each.name()));
    server.readiness = Readiness.READY;
    server.put("/director/app", DIRECTOR);
    server.put("/director/other", "{}");
    server.put("/director/shop?hostname=shop", "{}");
    Lease first = server.visit("app", null).lease();
    server.delete("/director/app/backends/" + first.backend());
    if (first.backend().equals("b1")) {
      server.put("/director/app/backends/live", BACKEND);
    } else {
      throw new AssertionError("least-load takes the first");
    }
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} is {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      GET     | /health                          |                             |                     | 200
      HEAD    | /health                          |                             |                     | 200
      PUT     | /health                          |                             |                     | 405 method-not-allowed
      GET     | /ready                           |                             |                     | 200
      GET     | /                                |                             |                     | 404 not-found
      GET     | /nowhere                         |                             |                     | 404 not-found
      GET     | /director//config                |                             |                     | 400 bad-value
      GET     | /director/app/nowhere            |                             |                     | 404 not-found
      PATCH   | /director/nowhere/at/all/of/it   |                             |                     | 404 not-found

      GET     | /director                        |                             |                     | 200
      GET     | /director/                       |                             |                     | 200
      HEAD    | /director/                       |                             |                     | 200
      OPTIONS | /director/                       |                             |                     | 204
      POST    | /director/                       | {}                          |                     | 405 method-not-allowed

      GET     | /director/app                    |                             |                     | 200
      GET     | /director/app/                   |                             |                     | 200
      GET     | /director/%61pp                  |                             |                     | 200
      HEAD    | /director/app                    |                             |                     | 200
      GET     | /director/none                   |                             |                     | 404 not-found
      GET     | /director/a%20b                  |                             |                     | 400 bad-value
      GET     | /director/a%2Fb                  |                             |                     | 400 bad-value
      GET     | /director/a%00b                  |                             |                     | 400 bad-value
      GET     | /director/a+b                    |                             |                     | 400 bad-value
      OPTIONS | /director/app                    |                             |                     | 204
      PATCH   | /director/app                    | {}                          |                     | 405 method-not-allowed
      PUT     | /director/new                    |                             |                     | 201
      PUT     | /director/new                    | {}                          |                     | 201
      PUT     | /director/new                    | {"name":"new"}              |                     | 201
      PUT     | /director/new                    | {"name":"app"}              |                     | 400 bad-value
      PUT     | /director/new                    | {"name":["new"]}            |                     | 400 bad-value
      PUT     | /director/app                    | {}                          |                     | 200
      PUT     | /director/n%C3%A9w               | {}                          |                     | 400 bad-value
      PUT     | /director/new                    | {                           |                     | 400 bad-value
      PUT     | /director/new                    | []                          |                     | 400 bad-value
      PUT     | /director/new                    | {"a":1,"a":2}               |                     | 400 bad-value
      PUT     | /director/new                    | {} {}                       |                     | 400 bad-value
      PUT     | /director/new                    | {"queue-limit":-1}          |                     | 400 bad-value
      PUT     | /director/new                    | {"queue-limt":1}            |                     | 400 bad-value
      PUT     | /director/new                    | {"queue-timeout":"5"}       |                     | 400 bad-value
      PUT     | /director/new                    | {"buckets":{"a":{"rate":"60%"},"b":{"rate":"60%"}}} | | 422 impossible
      PUT     | /director/new?hostname=a         |                             |                     | 201
      PUT     | /director/new?hostname=a&port=81 |                             |                     | 201
      PUT     | /director/new?hostname=SHOP.     |                             |                     | 409 name-taken
      PUT     | /director/new?hostname=[::1]     |                             |                     | 201
      PUT     | /director/new?hostname=::1       |                             |                     | 201
      PUT     | /director/new                    | hostname=a                  | Content-Type: application/x-www-form-urlencoded | 201
      PUT     | /director/new                    | {"hostname":"a","port":81,"queue-limit":5} |      | 201
      PUT     | /director/new?hostname=a         | {"hostname":"a"}            |                     | 400 bad-value
      PUT     | /director/new?hostname=a:80      |                             |                     | 400 bad-value
      PUT     | /director/new?hostname=          |                             |                     | 400 bad-value
      PUT     | /director/new?hostname=a&port=0  |                             |                     | 400 bad-value
      PUT     | /director/new?hostname=a&port=65536 |                          |                     | 400 bad-value
      PUT     | /director/new?hostname=a&port=x  |                             |                     | 400 bad-value
      PUT     | /director/new?hostname=a&port=   |                             |                     | 400 bad-value
      PUT     | /director/new?port=80            |                             |                     | 400 bad-value
      PUT     | /director/new                    | {"hostname":null}           |                     | 400 bad-value
      PUT     | /director/new                    | {"hostname":["a"]}          |                     | 400 bad-value
      PUT     | /director/new?hostname=a         | {"queue-limit":-1}          |                     | 400 bad-value
      PUT     | /director/new?hostname=a         |                             | If-None-Match: *    | 201
      PUT     | /director/new?hostname=a         |                             | If-Match: *         | 412 precondition-failed
      PUT     | /director/shop                   | {}                          |                     | 200
      PUT     | /director/shop?hostname=shop     | {}                          |                     | 200
      PUT     | /director/shop?hostname=Shop.&port=80 | {}                     | If-Match: "now"     | 200
      PUT     | /director/shop?hostname=shop     | {}                          | If-Match: "9"       | 412 precondition-failed
      PUT     | /director/shop?hostname=shop     | {}                          | If-None-Match: *    | 412 precondition-failed
      PUT     | /director/shop?hostname=shop&port=81 | {}                      |                     | 409 name-taken
      PUT     | /director/shop?hostname=other    | {}                          | If-Match: "9"       | 409 name-taken
      PUT     | /director/app?hostname=a         | {}                          |                     | 409 name-taken
      PUT     | /director/app?hostname=shop      | {}                          |                     | 409 name-taken
      POST    | /director/shop?hostname=shop     |                             |                     | 422 impossible
      POST    | /director/shop                   | {"port":80}                 |                     | 422 impossible
      POST    | /director/app                    | {"hostname":"a"}            |                     | 422 impossible
      DELETE  | /director/shop                   |                             |                     | 204
      GET     | /director/shop                   |                             |                     | 200
      GET     | /director/shop/config            |                             |                     | 200
      GET     | /on-demand                       |                             |                     | 200
      PUT     | /on-demand                       | {}                          |                     | 405 method-not-allowed
      PUT     | /director/new                    | {}                          | If-None-Match: *    | 201
      PUT     | /director/app                    | {}                          | If-None-Match: *    | 412 precondition-failed
      PUT     | /director/new                    | {}                          | If-Match: *         | 412 precondition-failed
      PUT     | /director/new                    | {}                          | If-Match: "1"       | 412 precondition-failed
      PUT     | /director/other                  | {}                          | If-Match: "now"       | 200
      PUT     | /director/other                  | {}                          | If-Match: "9"       | 412 precondition-failed
      PUT     | /director/other                  | {}                          | If-Match: *         | 200
      POST    | /director/app                    | {"queue-limit":9}           |                     | 200
      POST    | /director/app?queue-limit=9      |                             |                     | 200
      POST    | /director/app                    | queue-limit=9               | Content-Type: application/x-www-form-urlencoded | 200
      POST    | /director/app                    | queue-limit=x               | Content-Type: application/x-www-form-urlencoded | 400 bad-value
      POST    | /director/app                    | queue-limit=%x              | Content-Type: application/x-www-form-urlencoded | 400 bad-value
      POST    | /director/app                    | queue-limit=1&queue-limit=2 | Content-Type: application/x-www-form-urlencoded | 400 bad-value
      POST    | /director/app?queue-limit=9      | {"queue-limit":9}           |                     | 400 bad-value
      POST    | /director/app                    | {"queue-limit":9}           | Content-Type: application/x-www-form-urlencoded | 200
      POST    | /director/app                    | {"queue-limit":9}           | Content-Type: application/merge-patch+json | 200
      POST    | /director/app                    | {"queue-limit":9}           | Content-Type: application/json; charset=utf-8 | 200
      POST    | /director/app                    | {"queue-limit":9}           | Content-Type: application/json; charset=utf-16 | 415 unsupported-media-type
      POST    | /director/app                    | {"queue-limit":9}           | Content-Type: text/plain | 415 unsupported-media-type
      POST    | /director/app                    | {"queue-limit":9}           | Content-Type: multipart/form-data | 415 unsupported-media-type
      POST    | /director/app                    | {"name":"other"}            |                     | 400 bad-value
      POST    | /director/none                   | {}                          |                     | 404 not-found
      POST    | /director/other                  | {}                          | If-Match: "9"       | 412 precondition-failed
      POST    | /director/other                  | {}                          | If-Match: W/"now"     | 412 precondition-failed
      POST    | /director/other                  | {}                          | If-Match: 1         | 400 bad-value
      POST    | /director/other                  | {}                          | If-Match: "8", "now"  | 200
      DELETE  | /director/app                    |                             |                     | 204
      DELETE  | /director/none                   |                             |                     | 404 not-found
      DELETE  | /director/other                  |                             | If-Match: "9"       | 412 precondition-failed
      DELETE  | /director/other                  |                             | If-Match: "now"       | 204
      DELETE  | /director/other?now=true         |                             |                     | 400 bad-value
      LOCK    | /director/app                    |                             |                     | 204
      LOCK    | /director/none                   |                             |                     | 404 not-found
      LOCK    | /director/other                  |                             | If-Match: "9"       | 412 precondition-failed
      UNLOCK  | /director/app                    |                             |                     | 204
      UNLOCK  | /director/none                   |                             |                     | 404 not-found
      UNLOCK  | /director/other                  |                             | If-Match: "9"       | 412 precondition-failed

      GET     | /director/app/config             |                             |                     | 200
      GET     | /director/other/config           |                             | If-None-Match: "now"  | 304
      GET     | /director/other/config           |                             | If-None-Match: W/"now" | 304
      GET     | /director/other/config           |                             | If-None-Match: "9"  | 200
      GET     | /director/other                  |                             | If-None-Match: "now"  | 200
      GET     | /director/none/config            |                             |                     | 404 not-found
      PUT     | /director/app/config             | {}                          |                     | 405 method-not-allowed

      GET     | /director/app/overrides          |                             |                     | 200
      HEAD    | /director/app/overrides/         |                             |                     | 200
      GET     | /director/none/overrides         |                             |                     | 404 not-found
      DELETE  | /director/app/overrides          |                             |                     | 422 impossible
      DELETE  | /director/other/overrides        |                             | If-Match: "9"       | 412 precondition-failed
      DELETE  | /director/none/overrides         |                             |                     | 404 not-found
      PUT     | /director/app/overrides          | {}                          |                     | 405 method-not-allowed

      GET     | /director/app/backends/          |                             |                     | 200
      GET     | /director/none/backends/         |                             |                     | 404 not-found
      DELETE  | /director/app/backends/          |                             |                     | 405 method-not-allowed
      GET     | /director/app/backends/b2        |                             |                     | 200
      GET     | /director/app/backends/b1        |                             |                     | 200
      GET     | /director/app/backends/none      |                             |                     | 404 not-found
      GET     | /director/none/backends/b2       |                             |                     | 404 not-found
      GET     | /director/app/backends/b%202     |                             |                     | 400 bad-value
      PUT     | /director/app/backends/b3        | {"url":"http://h","capacity":1} |                 | 201
      PUT     | /director/app/backends/b3?url=http://h:81&capacity=1 |         |                     | 201
      PUT     | /director/app/backends/b2        | {"url":"http://h","capacity":1} |                 | 200
      PUT     | /director/app/backends/b1        | {"url":"http://h","capacity":1} |                 | 409 already-terminating
      PUT     | /director/none/backends/b3       | {"url":"http://h","capacity":1} |                 | 404 not-found
      PUT     | /director/app/backends/b3        | {"capacity":1}              |                     | 400 bad-value
      PUT     | /director/app/backends/b3        | {"url":"ftp://h","capacity":1} |                  | 400 bad-value
      PUT     | /director/app/backends/b3        | {"url":"http://h","capacity":0} |                 | 400 bad-value
      PUT     | /director/app/backends/b3        | {"url":"http://h","capacity":1,"name":"b2"} |     | 400 bad-value
      PUT     | /director/app/backends/b3        | {"url":"http://h","capacity":1} | If-Match: *     | 412 precondition-failed
      PUT     | /director/app/backends/b2        | {"url":"http://h","capacity":1} | If-Match: "1"   | 412 precondition-failed
      PUT     | /director/app/backends/b2        | {"url":"http://h","capacity":1} | If-None-Match: * | 412 precondition-failed
      POST    | /director/app/backends/b2        | {"capacity":9}              |                     | 200
      POST    | /director/app/backends/b2        | {"role":"backup"}           |                     | 200
      POST    | /director/app/backends/b2        | {"role":"idle"}             |                     | 400 bad-value
      POST    | /director/app/backends/b1        | {"capacity":9}              |                     | 409 already-terminating
      POST    | /director/app/backends/none      | {"capacity":9}              |                     | 404 not-found
      POST    | /director/app/backends/b2        | {"capacity":9}              | If-Match: "1"       | 412 precondition-failed
      DELETE  | /director/app/backends/b2        |                             |                     | 202
      DELETE  | /director/app/backends/b2?now=true |                           |                     | 202
      DELETE  | /director/app/backends/b2?now=yes |                            |                     | 400 bad-value
      DELETE  | /director/app/backends/b2?nwo=true |                           |                     | 400 bad-value
      DELETE  | /director/app/backends/b1        |                             |                     | 409 already-terminating
      DELETE  | /director/app/backends/b1?now=true |                           |                     | 202
      DELETE  | /director/app/backends/none      |                             |                     | 404 not-found
      DELETE  | /director/app/backends/none?now=true |                         |                     | 404 not-found
      DELETE  | /director/app/backends/b2        |                             | If-Match: "1"       | 412 precondition-failed
      LOCK    | /director/app/backends/b2        |                             |                     | 204
      LOCK    | /director/app/backends/b1        |                             |                     | 409 already-terminating
      LOCK    | /director/app/backends/none      |                             |                     | 404 not-found
      LOCK    | /director/app/backends/b2        |                             | If-Match: "1"       | 412 precondition-failed
      UNLOCK  | /director/app/backends/b2        |                             |                     | 204
      UNLOCK  | /director/app/backends/none      |                             |                     | 404 not-found
      UNLOCK  | /director/app/backends/b2        |                             | If-Match: "1"       | 412 precondition-failed
      PATCH   | /director/app/backends/b2        |                             |                     | 405 method-not-allowed

      GET     | /director/app/buckets/           |                             |                     | 200
      GET     | /director/none/buckets/          |                             |                     | 404 not-found
      GET     | /director/app/buckets/root       |                             |                     | 200
      GET     | /director/app/buckets/upload     |                             |                     | 200
      GET     | /director/app/buckets/none       |                             |                     | 404 not-found
      GET     | /director/none/buckets/vip       |                             |                     | 404 not-found
      PUT     | /director/app/buckets/jail       | {"rate":"5%"}               |                     | 201
      PUT     | /director/app/buckets/jail?parent=main | {"rate":"5%"}         |                     | 201
      PUT     | /director/app/buckets/jail       | {"parent":"main"}           |                     | 201
      PUT     | /director/app/buckets/jail?parent=root | {"rate":"5%"}         |                     | 201
      PUT     | /director/app/buckets/jail?parent=none | {"rate":"5%"}         |                     | 422 impossible
      PUT     | /director/app/buckets/vip        | {"rate":"30%"}              |                     | 200
      PUT     | /director/app/buckets/vip        | {"rate":"60%"}              |                     | 422 impossible
      PUT     | /director/app/buckets/vip        | {"rate":"60"}               |                     | 400 bad-value
      PUT     | /director/app/buckets/jail       | {"buckets":{"vip":{}}}      |                     | 422 impossible
      PUT     | /director/app/buckets/jail       | {"name":"vip"}              |                     | 400 bad-value
      PUT     | /director/app/buckets/root       | {}                          |                     | 422 impossible
      PUT     | /director/none/buckets/jail      | {}                          |                     | 404 not-found
      PUT     | /director/app/buckets/vip        | {}                          | If-Match: "1"       | 412 precondition-failed
      PUT     | /director/app/buckets/jail       | {}                          | If-Match: *         | 412 precondition-failed
      PUT     | /director/app/buckets/vip        | {}                          | If-None-Match: *    | 412 precondition-failed
      POST    | /director/app/buckets/vip        | {"ceil":"30%"}              |                     | 200
      POST    | /director/app/buckets/upload?parent=root |                     |                     | 422 impossible
      POST    | /director/app/buckets/upload?parent=vip |                      |                     | 200
      POST    | /director/app/buckets/main?parent=main |                       |                     | 422 impossible
      POST    | /director/app/buckets/main?parent=upload |                     |                     | 422 impossible
      POST    | /director/app/buckets/main?parent=a%20b |                      |                     | 422 impossible
      POST    | /director/app/buckets/vip        | {"priority":8}              |                     | 400 bad-value
      POST    | /director/app/buckets/root       | {"rate":"1%"}               |                     | 422 impossible
      POST    | /director/app/buckets/none       | {}                          |                     | 404 not-found
      POST    | /director/app/buckets/vip        | {}                          | If-Match: "1"       | 412 precondition-failed
      DELETE  | /director/app/buckets/vip        |                             |                     | 204
      DELETE  | /director/app/buckets/upload     |                             |                     | 204
      DELETE  | /director/app/buckets/root       |                             |                     | 422 impossible
      DELETE  | /director/app/buckets/none       |                             |                     | 404 not-found
      DELETE  | /director/app/buckets/vip        |                             | If-Match: "1"       | 412 precondition-failed
      LOCK    | /director/app/buckets/vip        |                             |                     | 405 method-not-allowed
      GET     | /director/app/buckets/vip/explain |                            |                     | 200
      GET     | /director/app/buckets/root/explain |                           |                     | 200
      GET     | /director/app/buckets/none/explain |                           |                     | 404 not-found
      GET     | /director/none/buckets/vip/explain |                           |                     | 404 not-found
      POST    | /director/app/buckets/vip/explain | {}                         |                     | 405 method-not-allowed

      POST    | /transaction                     | {"changes":[]}              |                     | 200
      POST    | /transaction/?dry-run=true       | {"changes":[]}              |                     | 200
      POST    | /transaction?dry-run=yes         | {"changes":[]}              |                     | 400 bad-value
      POST    | /transaction                     |                             |                     | 400 bad-value
      POST    | /transaction                     | changes=1                   | Content-Type: application/x-www-form-urlencoded | 400 bad-value
      POST    | /transaction                     | {"changes":[]}              | If-Match: *         | 400 bad-value
      GET     | /transaction                     |                             |                     | 405 method-not-allowed
      """)
  void answers(
      String verb, String path, @Nullable String body, @Nullable String header, String outcome) {
    Reply reply =
        header == null
            ? server.send(verb, path, body)
            : server.send(verb, path, body, withVersionNow(path, header));

    assertThat(reply.outcome()).as(reply.response().body()).isEqualTo(outcome);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    if (!reply.response().body().isEmpty()) {
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    }
    if (reply.status() == 405 || verb.equals("OPTIONS")) {
      assertThat(reply.header("Allow")).contains("OPTIONS");
    }
    if (reply.status() == 201) {
      assertThat(server.get(reply.header("Location")).status()).isEqualTo(200);
    }
    if (reply.status() == 400 || reply.status() == 412 || reply.status() == 422) {
      assertThat(reply.json().path("field").asText()).isNotEmpty();
      assertThat(reply.json().path("message").asText()).isNotEmpty();
    }
  }

  /** Puts the ETag of the path's director in the place of {@code "now"}. */
  private String withVersionNow(String path, String header) {
    return header.contains("\"now\"")
        ? header.replace("\"now\"", server.get(path.split("\\?", 2)[0]).header("ETag"))
        : header;
  }
}
