package dev.usher.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.BucketView.Stats;
import dev.usher.sidecar.stats.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What version 1 has written must be read for ever: a golden file is never changed, a new version
 * brings new ones.
 */
class GoldenTest {
  private static final DirectorSpec SPEC =
      new DirectorSpec(
          "app",
          DirectorSpec.Settings.DEFAULT.edit().queueLimit(7).build(),
          List.of(new BackendSpec("b1", new Target("10.0.0.3", 8080), 10, Role.STANDBY, false)),
          List.of(BucketSpec.of("vip", "10%", "3t")));

  private static final DirectorSpec WRITTEN =
      new DirectorSpec("app", DirectorSpec.Settings.DEFAULT, List.of(), List.of());

  private static final Memory MEMORY =
      new Memory(
          1_700_000_000_000L,
          new Level(0, 5, 941),
          new Level(0, 3, 17),
          4,
          2,
          Map.of(
              "b1",
              new Memory.OfBackend(
                  new Level(0, 5, 900),
                  HealthState.OFFLINE,
                  1_699_999_999_000L,
                  Collections.nCopies(60, 15))),
          Map.of("root", new Stats(941, 12, 17, 1, 2, 3)));

  private static KeptDirector kept(String name) {
    return switch (name) {
      case "api" -> new KeptDirector.Alive(new Definition(SPEC, 3, new Origin.Api()));
      case "file" -> new KeptDirector.Alive(new Definition(SPEC, 4, new Origin.File(WRITTEN)));
      case "on-demand" ->
          new KeptDirector.Alive(
              new Definition(SPEC, 5, new Origin.OnDemand(new Endpoint("shop.example", 80), true)));
      case "removed" -> new KeptDirector.Removed(WRITTEN);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream(name + "-v1.json")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .trim()
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "file", "on-demand", "removed"})
  void a_definition_of_version_1_is_understood(String name) throws IOException, Unreadable {
    assertThat(DefinitionCodec.decode("app", golden(name))).isEqualTo(kept(name));
  }

  @Test
  void a_memory_of_version_1_is_understood() throws IOException, Unreadable {
    assertThat(MemoryCodec.decode(golden("memory"))).isEqualTo(MEMORY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "file", "on-demand"})
  void what_version_1_wrote_is_written_now_beside_newer_keys(String name) throws IOException {
    Definition definition = ((KeptDirector.Alive) kept(name)).definition();
    wantAllOf(tree(golden(name)), tree(DefinitionCodec.encode(definition)), name);
  }

  @Test
  void so_it_is_of_removed_ones() throws IOException {
    wantAllOf(tree(golden("removed")), tree(DefinitionCodec.encodeRemoved(WRITTEN)), "removed");
  }

  @Test
  void version_1_is_what_is_written_of_memories_now() throws IOException {
    assertThat(MemoryCodec.encode(MEMORY)).asString().isEqualTo(text(golden("memory")));
  }

  private static JsonNode tree(byte[] json) throws IOException {
    return new ObjectMapper().readTree(json);
  }

  /** Settings come with time; what was there stays. */
  private static void wantAllOf(JsonNode golden, JsonNode written, String path) {
    if (golden instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              each ->
                  wantAllOf(
                      each.getValue(), written.path(each.getKey()), path + "." + each.getKey()));
    } else {
      assertThat(written).as(path).isEqualTo(golden);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
