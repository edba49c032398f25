package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.UndertowRouteSyntax;
import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.text.JsonText;
import dev.usher.sidecar.config.text.YamlText;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class YamlRoundTripTest {
  private static final int RUNS = 500;
  private static final ConfigReader READER = new ConfigReader(new UndertowRouteSyntax());

  @Test
  void a_director_that_is_written_as_yaml_is_read_back_as_the_same() throws InvalidConfiguration {
    for (long seed = 0; seed < RUNS; seed++) {
      DirectorSpec spec = new RandomSpecs(seed).director();
      String yaml = yaml(List.of(spec));
      assertThat(READER.readYaml("f", yaml).directors()).as("seed %d", seed).containsExactly(spec);
    }
  }

  @Test
  void many_are_read_back_in_their_order_and_need_no_routes() throws InvalidConfiguration {
    List<DirectorSpec> specs = new ArrayList<>();
    LongStream.range(0, RUNS)
        .mapToObj(seed -> new RandomSpecs(seed).director())
        .filter(spec -> specs.stream().noneMatch(other -> other.name().equals(spec.name())))
        .forEach(specs::add);
    assertThat(specs).hasSizeGreaterThan(4);
    assertThat(ConfigReaderTest.directors(READER, yaml(specs))).isEqualTo(specs);
  }

  private static String yaml(List<DirectorSpec> specs) {
    List<Entry> directors = new ArrayList<>();
    for (DirectorSpec spec : specs) {
      Value body = JsonText.read(SpecWriter.directorText(spec)).orElseThrow();
      directors.add(new Entry(spec.name(), Place.UNKNOWN, body));
    }
    Value all = new Mapping(Place.UNKNOWN, directors);
    return YamlText.write(
        new Mapping(Place.UNKNOWN, List.of(new Entry("directors", Place.UNKNOWN, all))));
  }
}
