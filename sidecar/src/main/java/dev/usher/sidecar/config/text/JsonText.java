package dev.usher.sidecar.config.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON that another sidecar wrote, as values without places, so that equal documents are equal
 * values. Read token by token: to bind it to nodes first takes a tenth of a second in a new JVM.
 */
public final class JsonText {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  /** The value; empty when {@code text} is anything but one JSON value. */
  public static Optional<Value> read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Value value = value(parser);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static Value value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser);
      case START_ARRAY -> sequence(parser);
      case VALUE_STRING -> scalar(Kind.TEXT, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> scalar(Kind.BOOLEAN, parser.getText());
      case VALUE_NULL -> scalar(Kind.NOTHING, "");
      default -> scalar(Kind.NUMBER, parser.getText());
    };
  }

  private static Value scalar(Kind kind, String text) {
    return new Scalar(Place.UNKNOWN, kind, text);
  }

  private static Value mapping(JsonParser parser) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      entries.add(new Entry(key, Place.UNKNOWN, value(parser)));
    }
    return new Mapping(Place.UNKNOWN, entries);
  }

  private static Value sequence(JsonParser parser) throws IOException {
    List<Value> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Sequence(Place.UNKNOWN, items);
  }
}
