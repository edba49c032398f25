package dev.usher.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketMemory;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.BucketView.Stats;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.Retries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What any version has written must be read for ever: a golden file is never changed once it has
 * been released, a new version brings new ones.
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

  private static final List<Integer> HISTORY = Collections.nCopies(60, 15);

  /** Version 1 knew no history but the backends'. */
  private static Memory memory(boolean withHistories) {
    List<Integer> history = withHistories ? HISTORY : Collections.nCopies(60, 0);
    return new Memory(
        1_700_000_000_000L,
        new Level(0, 5, 941),
        new Level(0, 3, 17),
        4,
        2,
        Retries.NONE,
        0,
        history,
        Map.of(
            "b1",
            new Memory.OfBackend(
                new Level(0, 5, 900), HealthState.OFFLINE, 1_699_999_999_000L, HISTORY)),
        Map.of("root", new BucketMemory(new Stats(941, 12, 17, 1, 2, 3, Retries.NONE), history)));
  }

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

  private static byte[] golden(String name, int version) throws IOException {
    String file = name + "-v" + version + ".json";
    try (InputStream in = GoldenTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8)
          .trim()
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api, 1",
    "file, 1",
    "on-demand, 1",
    "removed, 1",
    "api, 2",
    "file, 2",
    "on-demand, 2",
    "removed, 2"
  })
  void a_definition_of_any_version_is_understood(String name, int version)
      throws IOException, Unreadable {
    assertThat(DefinitionCodec.decode("app", golden(name, version))).isEqualTo(kept(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_memory_of_any_version_is_understood(int version) throws IOException, Unreadable {
    assertThat(MemoryCodec.decode(golden("memory", version))).isEqualTo(memory(version > 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "file", "on-demand"})
  void version_2_is_what_is_written_now(String name) throws IOException {
    Definition definition = ((KeptDirector.Alive) kept(name)).definition();
    assertThat(DefinitionCodec.encode(definition)).asString().isEqualTo(text(golden(name, 2)));
  }

  @Test
  void version_2_is_what_is_written_of_removed_ones_and_of_memories_now() throws IOException {
    assertThat(DefinitionCodec.encodeRemoved(WRITTEN))
        .asString()
        .isEqualTo(text(golden("removed", 2)));
    assertThat(MemoryCodec.encode(memory(true))).asString().isEqualTo(text(golden("memory", 2)));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
