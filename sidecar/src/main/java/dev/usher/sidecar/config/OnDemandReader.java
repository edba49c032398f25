package dev.usher.sidecar.config;

import dev.usher.sidecar.config.RouteSpec.Destination;
import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.config.spec.DirectorReader;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.ondemand.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code on-demand: {template: {...}, limit: 10000, idle: 1h}}. */
final class OnDemandReader {
  private static final String KEY = "on-demand";

  private OnDemandReader() {}

  /** Null without the key. */
  static @Nullable OnDemandSpec read(Fields top, List<RouteSpec> routes) {
    if (!top.has(KEY)) {
      return null;
    }
    Fields fields = top.section(KEY);
    fields.require("template", "the shape of a director");
    Template template = DirectorReader.template(fields.section("template"));
    OnDemandSpec spec =
        fields.build(
            new OnDemandSpec(template, OnDemandSpec.DEFAULT_LIMIT, OnDemandSpec.DEFAULT_IDLE),
            () ->
                new OnDemandSpec(
                    template,
                    Scalars.integer(
                        fields, "limit", OnDemandSpec.LIMIT, OnDemandSpec.DEFAULT_LIMIT),
                    Scalars.duration(fields, "idle", OnDemandSpec.DEFAULT_IDLE)));
    fields.end();
    if (routes.stream().noneMatch(route -> route.destination() instanceof Destination.OnDemand)) {
      String wanted = "a route with on-demand: true that leads here";
      top.faults().add(Fault.impossible(top.place(KEY), KEY, wanted, "none"));
    }
    return spec;
  }
}
