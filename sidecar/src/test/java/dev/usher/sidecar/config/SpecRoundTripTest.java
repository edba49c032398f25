package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.director.spec.DirectorSpec;
import org.junit.jupiter.api.Test;

class SpecRoundTripTest {
  private static final int RUNS = 500;

  @Test
  void what_is_written_is_read_back_as_the_same_director() throws InvalidConfiguration {
    for (long seed = 0; seed < RUNS; seed++) {
      DirectorSpec spec = new RandomSpecs(seed).director();
      JsonNode json = reparsed(SpecWriter.director(spec));
      assertThat(SpecReader.director(spec.name(), json)).as("seed %d", seed).isEqualTo(spec);
    }
  }

  @Test
  void what_is_written_is_read_back_as_the_same_backend_and_bucket() throws InvalidConfiguration {
    for (long seed = 0; seed < RUNS; seed++) {
      var backend = new RandomSpecs(seed).backend();
      var bucket = new RandomSpecs(seed).bucket();
      assertThat(SpecReader.backend(backend.name(), reparsed(SpecWriter.backend(backend))))
          .as("seed %d", seed)
          .isEqualTo(backend);
      assertThat(SpecReader.bucket(bucket.name(), reparsed(SpecWriter.bucket(bucket))))
          .as("seed %d", seed)
          .isEqualTo(bucket);
    }
  }

  @Test
  void the_same_holds_when_every_number_and_boolean_is_text() throws InvalidConfiguration {
    for (long seed = 0; seed < RUNS; seed++) {
      DirectorSpec spec = new RandomSpecs(seed).director();
      String text = SpecWriter.director(spec).toString();
      String quoted = text.replaceAll(":(-?[0-9]+|true|false)(?=[,}])", ":\"$1\"");
      assertThat(SpecReader.director(spec.name(), JsonDocuments.parse(quoted)))
          .as("seed %d", seed)
          .isEqualTo(spec);
    }
  }

  private static JsonNode reparsed(ObjectNode written) throws InvalidConfiguration {
    return JsonDocuments.parse(written.toString());
  }
}
