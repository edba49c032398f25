package dev.usher.sidecar.config;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Printable;
import org.jspecify.annotations.Nullable;

/** Parses JSON strictly (RFC 8259): UTF-8, one value, each key once, no NaN, no comments. [any] */
public final class JsonDocuments {
  private static final String WANTED = "one JSON value in UTF-8, each key once";
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAME_LENGTH = 1_000;
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNameLength(MAX_NAME_LENGTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonDocuments() {}

  public static JsonNode parse(byte[] utf8) throws InvalidConfiguration {
    return parse(Utf8.decode(null, utf8));
  }

  public static JsonNode parse(String text) throws InvalidConfiguration {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isMissingNode()) {
        return node;
      }
      throw refused(1, "nothing");
    } catch (JsonProcessingException e) {
      throw refused(line(e.getLocation()), Printable.of(e.getOriginalMessage()));
    }
  }

  private static int line(@Nullable JsonLocation location) {
    return location == null ? 0 : location.getLineNr();
  }

  private static InvalidConfiguration refused(int line, String got) {
    return InvalidConfiguration.of(null, Fault.of(new Place(line, 0), "", WANTED, got));
  }
}
