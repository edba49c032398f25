package dev.usher.sidecar.config;

import dev.usher.sidecar.config.RouteSpec.Destination;
import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.config.document.Suggestion;
import dev.usher.sidecar.config.document.Value;
import dev.usher.unit.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code routes}. Without the key everything goes to the only director; without any director
 * to the one registered on demand; with several there must be routes.
 */
final class RouteReader {
  private static final String PREDICATE =
      "an Undertow predicate such as path-prefix('/upload') and method(POST)";
  private static final String ATTRIBUTE =
      "a backend's name or an exchange attribute such as %{i,X-Backend}";

  private final RouteSyntax syntax;
  private final DirectorNames directors;

  RouteReader(RouteSyntax syntax, @Nullable Value directors) {
    this.syntax = syntax;
    this.directors = new DirectorNames(directors);
  }

  List<RouteSpec> routes(Fields top) {
    List<RouteSpec> routes = Items.maps(top, "routes", withoutRoutes(top), this::route);
    if (routes.isEmpty()) {
      top.refuse("routes", "at least one route, or no such key", "none");
    }
    return routes;
  }

  private List<RouteSpec> withoutRoutes(Fields top) {
    Set<String> names = directors.names();
    if (names.size() > 1 && !top.has("routes")) {
      String wanted = "routes that choose among the directors " + String.join(", ", names);
      top.faults().add(Fault.impossible(top.place("directors"), "routes", wanted, "nothing"));
    }
    return names.stream()
        .findFirst()
        .<Destination>map(name -> new Destination.ToDirector(name, null, null))
        .or(() -> Optional.of(new Destination.OnDemand()))
        .map(destination -> new RouteSpec(null, destination))
        .stream()
        .toList();
  }

  private RouteSpec route(Fields fields) {
    Optional<String> when = text(fields, "when", PREDICATE, syntax::predicateProblem);
    boolean onDemand = Scalars.flag(fields, "on-demand", false);
    Destination destination = onDemand ? onDemand(fields) : toDirector(fields);
    fields.end();
    return new RouteSpec(when.orElse(null), destination);
  }

  private static Destination onDemand(Fields fields) {
    for (String key : List.of("director", "bucket", "backend")) {
      refuse(fields, key, "no " + key + " beside on-demand");
    }
    return new Destination.OnDemand();
  }

  private Destination toDirector(Fields fields) {
    fields.require("director", "the name of a director, or on-demand: true");
    String director = named(fields, "director", directors.names()).orElse("");
    Optional<String> backend = text(fields, "backend", ATTRIBUTE, syntax::attributeProblem);
    if (fields.has("backend")) {
      refuse(fields, "bucket", "no bucket beside backend, which goes past the buckets");
    }
    if (backend.filter(RouteReader::isConstant).isPresent()) {
      named(fields, "backend", directors.backends(director));
    }
    Optional<String> bucket = named(fields, "bucket", directors.buckets(director));
    return new Destination.ToDirector(director, bucket.orElse(null), backend.orElse(null));
  }

  private static boolean isConstant(String attribute) {
    return attribute.indexOf('%') < 0 && attribute.indexOf('$') < 0;
  }

  /** A name out of {@code known}; any name when nothing is known. */
  private static Optional<String> named(Fields fields, String key, @Nullable Set<String> known) {
    return fields.parsed(
        key,
        "the name of a " + key,
        Optional.empty(),
        (field, text) -> {
          if (known != null && !known.contains(text)) {
            String which =
                known.isEmpty() ? " (there is none)" : ": " + Suggestion.wanted(text, known);
            throw InvalidValue.impossible(field, "a " + key + " of this file" + which, text);
          }
          return Optional.of(text);
        });
  }

  private static Optional<String> text(
      Fields fields, String key, String wanted, Function<String, Optional<String>> check) {
    return fields.parsed(
        key,
        wanted,
        Optional.empty(),
        (field, text) -> {
          Optional<String> complaint = check.apply(text);
          if (complaint.isPresent()) {
            throw InvalidValue.of(field, wanted + " (" + complaint.get() + ")", text);
          }
          return Optional.of(text);
        });
  }

  private static void refuse(Fields fields, String key, String wanted) {
    Value value = fields.value(key);
    if (value != null) {
      fields.refuseHere(key, wanted, value.got());
    }
  }
}
