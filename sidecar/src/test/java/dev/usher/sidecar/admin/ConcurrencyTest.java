package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several clients change one director at once. */
class ConcurrencyTest {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 20;

  private final AdminServer server = new AdminServer();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

  @BeforeEach
  void begin() {
    server.put("/director/app", "{}");
  }

  @AfterEach
  void stop() {
    clients.shutdownNow();
    server.close();
  }

  /** What each of the clients heard when all sent at the same moment. */
  private List<Integer> atOnce(IntFunction<Integer> request) throws Exception {
    CyclicBarrier start = new CyclicBarrier(CLIENTS);
    List<Future<Integer>> sent = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      sent.add(
          clients.submit(
              () -> {
                start.await(10, TimeUnit.SECONDS);
                return request.apply(client);
              }));
    }
    List<Integer> heard = new ArrayList<>();
    for (Future<Integer> each : sent) {
      heard.add(each.get(20, TimeUnit.SECONDS));
    }
    return heard;
  }

  @Test
  void changes_of_different_fields_without_if_match_lose_nothing() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      long before = server.director("app").definition().version();
      int value = round;

      List<Integer> heard =
          atOnce(
              client ->
                  server
                      .post(
                          "/director/app",
                          "{\"backends\":{\"b%d\":{\"url\":\"http://h\",\"capacity\":%d}}}"
                              .formatted(client, value))
                      .status());

      assertThat(heard).containsOnly(200);
      var spec = server.director("app").definition();
      assertThat(spec.version()).isEqualTo(before + CLIENTS);
      assertThat(spec.spec().backends())
          .hasSize(CLIENTS)
          .allMatch(backend -> backend.capacity() == value);
    }
  }

  @Test
  void of_changes_with_the_same_if_match_exactly_one_wins() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      String tag = server.get("/director/app").header("ETag");
      int first = round * CLIENTS;

      List<Integer> heard =
          atOnce(
              client ->
                  server
                      .post(
                          "/director/app",
                          "{\"queue-limit\":%d}".formatted(first + client),
                          "If-Match: " + tag)
                      .status());

      assertThat(heard).containsOnlyOnce(200);
      assertThat(heard.stream().filter(status -> status == 412)).hasSize(CLIENTS - 1);
      assertThat(server.director("app").definition().spec().settings().queueLimit())
          .isEqualTo(first + heard.indexOf(200));
    }
  }

  @Test
  void of_creations_of_one_director_exactly_one_is_the_first() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String path = "/director/new" + round;

      List<Integer> heard = atOnce(client -> server.put(path, "{}").status());

      assertThat(heard).containsOnlyOnce(201);
      assertThat(heard.stream().filter(status -> status == 200)).hasSize(CLIENTS - 1);
    }
  }

  @Test
  void of_removals_of_one_director_exactly_one_removes_it() throws Exception {
    server.put("/director/old", "{}");

    List<Integer> heard = atOnce(client -> server.delete("/director/old").status());

    assertThat(heard).containsOnlyOnce(204);
    assertThat(heard.stream().filter(status -> status == 404)).hasSize(CLIENTS - 1);
  }

  @Test
  void a_director_that_is_put_while_it_is_removed_is_there_or_is_put_anew() throws Exception {
    for (int round = 0; round < 10 * ROUNDS; round++) {
      String spec = "{\"queue-limit\": %d}".formatted(round);

      List<Integer> heard =
          atOnce(
              client ->
                  client % 2 == 0
                      ? server.put("/director/app", spec).status()
                      : server.delete("/director/app").status());

      for (int client = 0; client < CLIENTS; client += 2) {
        assertThat(heard.get(client)).isIn(200, 201);
      }
    }
  }

  @Test
  void transactions_over_the_same_directors_in_any_order_leave_them_alike() throws Exception {
    server.put("/director/other", "{}");
    int before = server.keeper.entries.get();
    for (int round = 1; round <= ROUNDS; round++) {
      int first = round * CLIENTS;

      List<Integer> heard = atOnce(client -> both(client, first + client, "", "").status());

      assertThat(heard).containsOnly(200);
      int limit = limit("app");
      assertThat(limit).isBetween(first, first + CLIENTS - 1).isEqualTo(limit("other"));
    }
    assertThat(server.keeper.entries.get() - before).isEqualTo(2 * ROUNDS * CLIENTS);
  }

  @Test
  void of_transactions_with_the_same_if_match_exactly_one_wins() throws Exception {
    server.put("/director/other", "{}");
    for (int round = 1; round <= ROUNDS; round++) {
      String app = ifUnchanged("app");
      String other = ifUnchanged("other");
      int first = round * CLIENTS;

      List<Integer> heard = atOnce(client -> both(client, first + client, app, other).status());

      assertThat(heard).containsOnlyOnce(200);
      assertThat(heard.stream().filter(status -> status == 412)).hasSize(CLIENTS - 1);
      assertThat(limit("app")).isEqualTo(first + heard.indexOf(200)).isEqualTo(limit("other"));
    }
  }

  /** Changes two directors, every other client the other way round. */
  private AdminServer.Reply both(int client, int limit, String ifApp, String ifOther) {
    String change =
        "{\"method\":\"POST\",\"path\":\"/director/%s\",\"body\":{\"queue-limit\":%d}%s}";
    String app = change.formatted("app", limit, ifApp);
    String other = change.formatted("other", limit, ifOther);
    String list = client % 2 == 0 ? app + "," + other : other + "," + app;
    return server.post("/transaction", "{\"changes\":[" + list + "]}");
  }

  private String ifUnchanged(String director) {
    long version = server.director(director).definition().version();
    return ",\"if-match\":\"\\\"%d\\\"\"".formatted(version);
  }

  private int limit(String director) {
    return server.director(director).definition().spec().settings().queueLimit();
  }
}
