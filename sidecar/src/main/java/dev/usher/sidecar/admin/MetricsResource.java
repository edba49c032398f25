package dev.usher.sidecar.admin;

import dev.usher.sidecar.admin.metrics.Metrics;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.Call;
import java.util.Map;

/** {@code /metrics}. [w] */
final class MetricsResource {
  private final Metrics metrics;

  MetricsResource(Metrics metrics) {
    this.metrics = metrics;
  }

  /**
   * {@code ?name[]=METRIC}, once or more, picks metrics; {@code ?on-demand=true} adds the directors
   * from the template.
   */
  Answer get(Call call) {
    Metrics.Text text =
        metrics.scrape(
            call.selection().accept(),
            call.selection().values("name[]"),
            call.selection().flag("on-demand"));
    return new Answer(200, text.text(), Map.of("Content-Type", text.contentType()));
  }
}
