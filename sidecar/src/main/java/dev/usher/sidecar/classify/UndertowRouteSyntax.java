package dev.usher.sidecar.classify;

import dev.usher.sidecar.config.RouteSyntax;
import io.undertow.attribute.ExchangeAttributeBuilder;
import io.undertow.attribute.ExchangeAttributeParser;
import io.undertow.attribute.ExchangeAttributes;
import io.undertow.predicate.PredicateParser;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undertow's languages of predicates and exchange attributes. Stricter than Undertow, which takes
 * an unknown variable for a constant and goes on. [any]
 */
public final class UndertowRouteSyntax implements RouteSyntax {
  static final ClassLoader LOADER = UndertowRouteSyntax.class.getClassLoader();

  private static final int LONGEST = 4_096;
  private static final int DEEPEST = 50;
  private static final Pattern VARIABLE = Pattern.compile("%\\{[^}]*}");
  private static final Pattern ANY_VARIABLE = Pattern.compile("%(\\{[^}]*}|[^{%])");
  private static final Pattern FIELD = Pattern.compile("%\\{[io],([^}]*)}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$&'*+.^_`|~-]+");

  /** Loaded with the first route: commands that read none do not wait for it. */
  private static final class Language {
    static final ExchangeAttributeParser ATTRIBUTES = ExchangeAttributes.parser(LOADER);
    static final List<ExchangeAttributeBuilder> VARIABLES =
        ServiceLoader.load(ExchangeAttributeBuilder.class, LOADER).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }

  @Override
  public Optional<String> predicateProblem(String when) {
    return sizeProblem(when)
        .or(() -> variableProblem(when, VARIABLE))
        .or(() -> failure(() -> PredicateParser.parse(when, LOADER)));
  }

  @Override
  public Optional<String> attributeProblem(String attribute) {
    return sizeProblem(attribute)
        .or(() -> variableProblem(attribute, ANY_VARIABLE))
        .or(() -> failure(() -> Language.ATTRIBUTES.parse(attribute)));
  }

  private static Optional<String> sizeProblem(String text) {
    if (text.isBlank()) {
      return Optional.of("it is empty");
    }
    long open = text.chars().filter(c -> c == '(').count();
    return text.length() > LONGEST || open > DEEPEST
        ? Optional.of("it is too long")
        : Optional.empty();
  }

  private static Optional<String> variableProblem(String text, Pattern form) {
    Matcher matcher = form.matcher(text);
    while (matcher.find()) {
      String variable = matcher.group();
      Matcher field = FIELD.matcher(variable);
      if (field.matches() && !TOKEN.matcher(field.group(1)).matches()) {
        return Optional.of("no header field can be called '" + field.group(1) + "'");
      }
      if (Language.VARIABLES.stream().allMatch(builder -> builder.build(variable) == null)) {
        return Optional.of("there is no variable " + variable);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> failure(Runnable parser) {
    try {
      parser.run();
      return Optional.empty();
    } catch (NoSuchElementException e) {
      return Optional.of("something is missing at its end");
    } catch (RuntimeException e) {
      return Optional.of(complaint(e));
    }
  }

  /** The first line, without Undertow's number and the names of its classes. */
  private static String complaint(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message
        .replaceFirst("^UT\\d+: (Error parsing predicated handler string )?", "")
        .replaceFirst("unexpected node .*", "only one predicate and no handler may stand here")
        .replaceFirst(":$", "");
  }
}
