package dev.usher.sidecar.config.document;

import dev.usher.sidecar.config.document.Fields.Parser;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Refused;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The collections of the configuration: lists of scalars or maps, and maps of named things. */
public final class Items {
  private Items() {}

  /** A list of scalars; those found wrong are left out. */
  public static <T> List<T> scalars(
      Fields fields, String key, String wanted, List<T> fallback, Parser<T> parser) {
    List<Value> items = list(fields, key, "a list, each " + wanted);
    if (items == null) {
      return fallback;
    }
    List<T> read = new ArrayList<>();
    for (int index = 0; index < items.size(); index++) {
      String path = Keys.item(fields.path(key), index);
      scalar(fields.faults(), path, items.get(index), wanted, parser, read);
    }
    return read;
  }

  /** A list of whole numbers. */
  public static List<Integer> integers(
      Fields fields, String key, IntRange range, List<Integer> fallback) {
    Parser<Integer> parser = (field, text) -> Scalars.integer(field, text, range);
    return scalars(fields, key, range.wanted(), fallback, parser);
  }

  private static <T> void scalar(
      Faults faults, String path, Value item, String wanted, Parser<T> parser, List<T> into) {
    if (item instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
      try {
        into.add(parser.parse(path, scalar.text()));
      } catch (InvalidValue e) {
        faults.add(Fault.of(item.place(), path, e.wanted(), Printable.of(e.got())));
      }
    } else if (!(item instanceof Refused)) {
      faults.add(Fault.of(item.place(), path, wanted, item.got()));
    }
  }

  /** A list of maps. */
  public static <T> List<T> maps(
      Fields fields, String key, List<T> fallback, Function<Fields, T> reader) {
    List<Value> items = list(fields, key, "a list of maps");
    if (items == null) {
      return fallback;
    }
    List<T> read = new ArrayList<>();
    for (int index = 0; index < items.size(); index++) {
      Value item = items.get(index);
      String path = Keys.item(fields.path(key), index);
      read.add(reader.apply(Fields.of(item, path, item.place(), fields.faults())));
    }
    return read;
  }

  private static @Nullable List<Value> list(Fields fields, String key, String wanted) {
    Value value = fields.value(key);
    if (value instanceof Sequence sequence) {
      return sequence.items();
    }
    if (value != null) {
      fields.refuse(key, wanted, value.got());
    }
    return null;
  }

  /**
   * A map of named things, in the order in which they are written. A repeated name, which the
   * document's parser has complained of, is read for its own faults and left out.
   */
  public static <T> Map<String, T> named(
      Fields fields, String key, BiFunction<String, Fields, T> reader) {
    Map<String, T> read = new LinkedHashMap<>();
    Value value = fields.value(key);
    if (value instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        String path = Keys.under(fields.path(key), entry.key());
        Fields inner = Fields.of(entry.value(), path, entry.place(), fields.faults());
        read.putIfAbsent(entry.key(), reader.apply(entry.key(), inner));
      }
    } else if (value != null) {
      fields.refuse(key, "a map of names", value.got());
    }
    return read;
  }
}
