package dev.usher.sidecar.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.JsonDocuments;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.nio.charset.StandardCharsets;

/**
 * Definitions as JSON: {@code {"origin": "api" | "file" | "on-demand" | "removed", "version": n,
 * "spec": {…}}}, beside it {@code written} for the file's, {@code hostname}, {@code port} and
 * {@code templated} for those on demand. Specifications have the shape that they have in the
 * configuration.
 */
final class DefinitionCodec {
  private static final String API = "api";
  private static final String FILE = "file";
  private static final String ON_DEMAND = "on-demand";
  private static final String REMOVED = "removed";

  private DefinitionCodec() {}

  static byte[] encode(Definition definition) {
    return bytes(json(definition));
  }

  static ObjectNode json(Definition definition) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Origin origin = definition.origin();
    if (origin instanceof Origin.File file) {
      json.put("origin", FILE);
      json.set("written", SpecWriter.director(file.written()));
    } else if (origin instanceof Origin.OnDemand onDemand) {
      json.put("origin", ON_DEMAND)
          .put("hostname", onDemand.endpoint().host())
          .put("port", onDemand.endpoint().port())
          .put("templated", onDemand.templated());
    } else {
      json.put("origin", API);
    }
    json.put("version", definition.version());
    json.set("spec", SpecWriter.director(definition.spec()));
    return json;
  }

  /** A director of the configuration file that was removed at runtime. */
  static byte[] encodeRemoved(DirectorSpec written) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("origin", REMOVED);
    json.set("written", SpecWriter.director(written));
    return bytes(json);
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  static KeptDirector decode(String name, byte[] payload) throws Unreadable {
    try {
      JsonNode json = JsonDocuments.parse(payload);
      String origin = json.path("origin").asText();
      if (origin.equals(REMOVED)) {
        return new KeptDirector.Removed(spec(name, json, "written"));
      }
      return new KeptDirector.Alive(
          new Definition(spec(name, json, "spec"), version(json), origin(origin, name, json)));
    } catch (InvalidConfiguration e) {
      throw new Unreadable(e.problems().get(0).text());
    } catch (InvalidValue e) {
      throw new Unreadable("%s: want %s, got %s".formatted(e.field(), e.wanted(), e.got()));
    }
  }

  private static Origin origin(String origin, String name, JsonNode json)
      throws InvalidConfiguration, Unreadable {
    return switch (origin) {
      case API -> new Origin.Api();
      case FILE -> new Origin.File(spec(name, json, "written"));
      case ON_DEMAND ->
          new Origin.OnDemand(
              new Endpoint(json.path("hostname").asText(), json.path("port").asInt()),
              json.path("templated").asBoolean());
      default -> throw new Unreadable("origin: want one that is known, got '" + origin + "'");
    };
  }

  private static long version(JsonNode json) throws Unreadable {
    long version = json.path("version").asLong();
    if (version < 1) {
      throw new Unreadable("version: want at least 1, got " + json.path("version"));
    }
    return version;
  }

  private static DirectorSpec spec(String name, JsonNode json, String key)
      throws InvalidConfiguration {
    return SpecReader.director(name, json.path(key));
  }
}
