package dev.usher.it.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The only active backend dies under a long queue: others serve all of it, in order. */
class FailoverIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private static final int WAITERS = 500;

  private final GateBackend active = STAGE.backend();
  private final GateBackend other = STAGE.backend();

  @ParameterizedTest
  @ValueSource(strings = {"standby", "backup"})
  void allThatWaitAreServedInOrder(String role) {
    TestDirector app =
        STAGE
            .director()
            .set("'queue-timeout': '5m'")
            .healthCheck("'interval': '1h'")
            .backend("main", active, 2)
            .backend("other", other, 1, role)
            .create();
    List<RawClient> clients = new ArrayList<>();
    int capacity = role.equals("standby") ? 3 : 2;
    for (int i = 0; i < capacity; i++) {
      clients.add(app.send("run" + i));
      app.awaitLoad(i + 1);
    }
    List<String> waiting = IntStream.range(0, WAITERS).mapToObj(i -> "wait" + i).toList();
    for (String label : waiting) {
      clients.add(app.send(label));
      app.awaitQueued(clients.size() - capacity);
    }
    active.die();
    app.awaitHealth("main", "offline");
    other.open();
    for (RawClient client : clients) {
      assertThat(client.read().status()).isEqualTo(200);
    }
    assertThat(other.all().stream().map(Arrival::target).skip(capacity))
        .containsExactlyElementsOf(waiting.stream().map(app::path).toList());
    assertThat(other.total()).isEqualTo(capacity + WAITERS);
    app.awaitRest();
  }
}
