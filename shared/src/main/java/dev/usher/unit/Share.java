package dev.usher.unit;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A rate or ceil as it is written: {@code 20%} of the parent's, or {@code 3t} tokens. Percentages
 * are exact decimals, so that ten buckets of 10 % fill a parent.
 */
public sealed interface Share {
  Percent NONE = new Percent(0);
  Percent ALL = new Percent(Percent.MICROS_OF_ALL);

  /** What {@link #parse} and the constructors want, for messages. */
  String WANTED =
      "a share such as 20% (0 to 100, at most 6 decimals) or 3t (tokens, at most 1000000t)";

  /** What {@link #parsePercent} wants, for messages. */
  String PERCENT_WANTED = "a share from 0% to 100%, at most 6 decimals";

  /** Whether the share is zero, whatever its unit. */
  boolean isZero();

  /**
   * Parts of the whole.
   *
   * @param micros millionths of a percent, 0 to 100 000 000
   */
  record Percent(long micros) implements Share {
    public static final long MICROS_OF_ALL = 100_000_000L;
    private static final int DECIMALS = 6;
    private static final Pattern SYNTAX = Pattern.compile("(0|[1-9]\\d{0,2})(\\.\\d{1,6})?");

    public Percent {
      if (micros < 0 || micros > MICROS_OF_ALL) {
        throw InvalidValue.of("percent", "0% to 100%", text(micros));
      }
    }

    @Override
    public boolean isZero() {
      return micros == 0;
    }

    private static String text(long micros) {
      return BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros().toPlainString() + "%";
    }

    @Override
    public String toString() {
      return text(micros);
    }
  }

  /**
   * A number of tokens.
   *
   * @param count 0 to 1 000 000
   */
  record Tokens(int count) implements Share {
    public static final int MAX = 1_000_000;
    private static final Pattern SYNTAX = Pattern.compile("0|[1-9]\\d{0,6}");

    public Tokens {
      if (count < 0 || count > MAX) {
        throw InvalidValue.of("tokens", "0t to " + MAX + "t", count + "t");
      }
    }

    @Override
    public boolean isZero() {
      return count == 0;
    }

    @Override
    public String toString() {
      return count + "t";
    }
  }

  /**
   * Reads {@code 12.5%} or {@code 3t}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is anything else
   */
  static Share parse(String field, String text) {
    String number = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
    if (text.endsWith("%") && Percent.SYNTAX.matcher(number).matches()) {
      long micros = new BigDecimal(number).movePointRight(Percent.DECIMALS).longValueExact();
      if (micros <= Percent.MICROS_OF_ALL) {
        return new Percent(micros);
      }
    } else if (text.endsWith("t") && Tokens.SYNTAX.matcher(number).matches()) {
      int count = Integer.parseInt(number);
      if (count <= Tokens.MAX) {
        return new Tokens(count);
      }
    }
    throw InvalidValue.of(field, WANTED, text);
  }

  /**
   * Reads {@code 12.5%}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is anything else
   */
  static Percent parsePercent(String field, String text) {
    try {
      if (parse(field, text) instanceof Percent percent) {
        return percent;
      }
    } catch (InvalidValue e) {
      throw (InvalidValue) InvalidValue.of(field, PERCENT_WANTED, text).initCause(e);
    }
    throw InvalidValue.of(field, PERCENT_WANTED, text);
  }
}
