package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.director.change.Keeper;
import java.util.function.Supplier;

/** {@code /health} and {@code /ready}. [w] */
final class StatusResource {
  private final Supplier<Readiness> readiness;
  private final Supplier<Keeper.Status> keeping;

  StatusResource(Supplier<Readiness> readiness, Supplier<Keeper.Status> keeping) {
    this.readiness = readiness;
    this.keeping = keeping;
  }

  /**
   * That this is answered by a worker is the health that it tells of. A store that fails does not
   * make the sidecar unhealthy: traffic goes on, and a restart would not mend the disk.
   */
  Answer health(Call call) {
    Keeper.Status status = keeping.get();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", "up");
    ObjectNode store = json.putObject("store").put("status", status.isWell() ? "up" : "failing");
    store.put("changes-kept", status.kept()).put("changes-failed", status.failed());
    if (status.failure() != null) {
      store.put("message", status.failure());
    }
    return Answer.of(200, json);
  }

  Answer ready(Call call) {
    Readiness now = readiness.get();
    boolean ready = now == Readiness.READY;
    return Answer.of(
        ready ? 200 : 503,
        JsonNodeFactory.instance.objectNode().put("ready", ready).put("reason", now.text()));
  }
}
