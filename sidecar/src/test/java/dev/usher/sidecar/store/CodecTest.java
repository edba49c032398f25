package dev.usher.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketMemory;
import dev.usher.sidecar.shaper.BucketView.Stats;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.Retries;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  private static final DirectorSpec SPEC =
      new DirectorSpec("app", DirectorSpec.Settings.DEFAULT, List.of(), List.of());

  static List<Origin> origins() {
    return List.of(
        new Origin.Api(),
        new Origin.File(SPEC),
        new Origin.OnDemand(new Endpoint("::1", 8080), false),
        new Origin.OnDemand(new Endpoint("shop.example", 80), true));
  }

  @ParameterizedTest
  @MethodSource("origins")
  void a_definition_comes_back_as_it_was(Origin origin) throws Unreadable {
    Definition definition = new Definition(SPEC, 42, origin);
    assertThat(DefinitionCodec.decode("app", DefinitionCodec.encode(definition)))
        .isEqualTo(new KeptDirector.Alive(definition));
  }

  @Test
  void a_removed_director_of_the_file_comes_back_as_that() throws Unreadable {
    assertThat(DefinitionCodec.decode("app", DefinitionCodec.encodeRemoved(SPEC)))
        .isEqualTo(new KeptDirector.Removed(SPEC));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          empty           | ``
          no JSON         | {"origin"
          no object       | []
          no origin       | {"version":1,"spec":{}}
          a new origin    | {"origin":"dream","version":1,"spec":{}}
          no version      | {"origin":"api","spec":{}}
          version 0       | {"origin":"api","version":0,"spec":{}}
          no spec         | {"origin":"api","version":1}
          unknown setting | {"origin":"api","version":1,"spec":{"x":1}}
          no written      | {"origin":"file","version":1,"spec":{}}
          bad port        | {"origin":"on-demand","version":1,"spec":{},"hostname":"a","port":0}
          bad hostname    | {"origin":"on-demand","version":1,"spec":{},"hostname":"","port":1}
          """)
  void what_is_no_definition_is_unreadable(String what, String json) {
    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> DefinitionCodec.decode("app", json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_memory_comes_back_as_it_was() throws Unreadable {
    Memory memory =
        new Memory(
            1_700_000_000_000L,
            new Level(0, 5, 941),
            new Level(0, 3, 17),
            4,
            2,
            new Retries(8, 9),
            10,
            IntStream.range(60, 120).boxed().toList(),
            Map.of(
                "app01",
                new Memory.OfBackend(
                    new Level(0, 5, 900),
                    HealthState.OFFLINE,
                    1_699_999_999_000L,
                    IntStream.range(0, 60).boxed().toList())),
            Map.of(
                "root",
                new BucketMemory(
                    new Stats(1, 2, 3, 4, 5, 6, Retries.NONE), Collections.nCopies(60, 0)),
                "vip",
                new BucketMemory(
                    new Stats(6, 5, 4, 3, 2, 1, new Retries(7, 8)),
                    IntStream.range(0, 60).boxed().toList())));
    assertThat(MemoryCodec.decode(MemoryCodec.encode(memory))).isEqualTo(memory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}
          {"at-ms":1,"load":{"max":0,"total":-1},"queued":{"max":0,"total":0},"dropped":0,"unknown-bucket":0}
          {"at-ms":"1","load":{"max":0,"total":0},"queued":{"max":0,"total":0},"dropped":0,"unknown-bucket":0}
          {"at-ms":1,"load":{"max":0,"total":0},"queued":{"max":0,"total":0},"dropped":0,"unknown-bucket":0,"retries":-1}
          """)
  void what_is_no_memory_is_unreadable(String json) {
    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> MemoryCodec.decode(json.getBytes(StandardCharsets.UTF_8)));
  }
}
