package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.Call;
import java.util.function.Supplier;

/** {@code /health} and {@code /ready}. [w] */
final class StatusResource {
  private final Supplier<Readiness> readiness;

  StatusResource(Supplier<Readiness> readiness) {
    this.readiness = readiness;
  }

  /** That this is answered by a worker is the health that it tells of. */
  Answer health(Call call) {
    return Answer.of(200, JsonNodeFactory.instance.objectNode().put("status", "up"));
  }

  Answer ready(Call call) {
    Readiness now = readiness.get();
    boolean ready = now == Readiness.READY;
    return Answer.of(
        ready ? 200 : 503,
        JsonNodeFactory.instance.objectNode().put("ready", ready).put("reason", now.text()));
  }
}
