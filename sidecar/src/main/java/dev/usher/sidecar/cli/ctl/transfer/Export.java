package dev.usher.sidecar.cli.ctl.transfer;

import dev.usher.sidecar.cli.ctl.api.ApiClient;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import dev.usher.sidecar.config.text.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All directors as one configuration, each as it was when its turn came. Those on demand have their
 * Host and port; those made from the template are left out, since imported ones would stay.
 */
public final class Export {
  private static final String ONE = "# All directors of a sidecar, by `usher ctl export`.\n";
  private static final String SEVERAL =
      ONE
          + """
          # The admin API tells no routes. These lead to none of the directors below: write your own
          # before a sidecar is run with this file. `usher ctl import` does without.
          """;
  private static final String ON_DEMAND =
      """
      # `usher run` reads no hostname and port, which are for `usher ctl import`.
      """;
  private static final List<String> ENDPOINT = List.of("hostname", "port");

  private Export() {}

  private static String templatedHeading(int count) {
    return "# Without %d that requests made from the template, and make again.\n".formatted(count);
  }

  /**
   * The YAML; the same directors give the same text.
   *
   * @throws CtlFailed when a director cannot be read; one that was removed meanwhile is left out
   */
  public static String yaml(ApiClient api) throws CtlFailed {
    List<Entry> directors = new ArrayList<>();
    boolean onDemand = false;
    int templated = 0;
    Tree all = new Tree(api.send(ApiRequest.of("GET", Names.RESOURCE)).orFail().json());
    for (String name : Names.of(all)) {
      if (Names.isTemplated(all.at(name))) {
        templated++;
        continue;
      }
      String resource = new ObjectPath.OfDirector(name).resource();
      Reply reply = api.send(ApiRequest.of("GET", resource + "/config"));
      if (!Names.isAbsent(reply)) {
        List<Entry> keys = endpoint(all.at(name));
        onDemand |= !keys.isEmpty();
        keys.addAll(new Tree(reply.orFail().json()).entries());
        directors.add(entry(name, new Mapping(Place.UNKNOWN, keys)));
      }
    }
    return heading(directors.size() > 1, onDemand, templated) + YamlText.write(top(directors));
  }

  private static List<Entry> endpoint(Tree director) {
    return director.entries().stream()
        .filter(entry -> ENDPOINT.contains(entry.key()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String heading(boolean several, boolean onDemand, int templated) {
    return (several ? SEVERAL : ONE)
        + (onDemand ? ON_DEMAND : "")
        + (templated > 0 ? templatedHeading(templated) : "");
  }

  private static Value top(List<Entry> directors) {
    List<Entry> top = new ArrayList<>();
    if (directors.size() > 1) {
      top.add(entry("routes", onDemand()));
    }
    top.add(entry("directors", new Mapping(Place.UNKNOWN, directors)));
    return new Mapping(Place.UNKNOWN, top);
  }

  /** The configuration wants routes when there are several directors. */
  private static Value onDemand() {
    Value yes = new Scalar(Place.UNKNOWN, Kind.BOOLEAN, "true");
    Value route = new Mapping(Place.UNKNOWN, List.of(entry("on-demand", yes)));
    return new Sequence(Place.UNKNOWN, List.of(route));
  }

  private static Entry entry(String key, Value value) {
    return new Entry(key, Place.UNKNOWN, value);
  }
}
