package dev.usher.sidecar.config.document;

import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.unit.Durations;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The scalar types of the configuration. Numbers and booleans may be text, as form parameters are;
 * text may not be a number.
 */
public final class Scalars {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,9})");
  private static final Set<Kind> NUMBERS = Set.of(Kind.NUMBER, Kind.TEXT);
  private static final Set<Kind> BOOLEANS = Set.of(Kind.BOOLEAN, Kind.TEXT);

  private Scalars() {}

  public static int integer(Fields fields, String key, IntRange range, int fallback) {
    return fields.read(
        key, range.wanted(), NUMBERS, fallback, (field, text) -> integer(field, text, range));
  }

  static int integer(String field, String text, IntRange range) {
    long number = INTEGER.matcher(text).matches() ? Long.parseLong(text) : Long.MAX_VALUE;
    if (number < range.min() || number > range.max()) {
      throw InvalidValue.of(field, range.wanted(), text);
    }
    return (int) number;
  }

  public static boolean flag(Fields fields, String key, boolean fallback) {
    String wanted = "true or false";
    return fields.read(
        key,
        wanted,
        BOOLEANS,
        fallback,
        (field, text) ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw InvalidValue.of(field, wanted, text);
            });
  }

  public static Duration duration(Fields fields, String key, Duration fallback) {
    return fields.parsed(key, Durations.WANTED, fallback, Durations::parse);
  }

  public static String text(Fields fields, String key, String wanted, String fallback) {
    return fields.parsed(key, wanted, fallback, (field, text) -> text);
  }

  /** A constant of an enum, written in kebab-case. */
  public static <E extends Enum<E>> E choice(Fields fields, String key, E fallback) {
    List<E> constants = Arrays.asList(fallback.getDeclaringClass().getEnumConstants());
    List<String> names = constants.stream().map(Scalars::kebab).toList();
    return fields.parsed(
        key,
        Suggestion.wanted("", names),
        fallback,
        (field, text) -> {
          int index = names.indexOf(text);
          if (index < 0) {
            throw InvalidValue.of(field, Suggestion.wanted(text, names), text);
          }
          return constants.get(index);
        });
  }

  /** {@code LEAST_LOAD} is {@code least-load}. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
