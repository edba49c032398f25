package dev.usher.unit;

/** A closed range of whole numbers that a field may hold. */
public record IntRange(int min, int max) {
  public IntRange {
    if (min > max) {
      throw new IllegalArgumentException("range: want min <= max, got %d > %d".formatted(min, max));
    }
  }

  /** Returns {@code value} when it lies in the range, else throws {@link InvalidValue}. */
  public int check(String field, int value) {
    if (value < min || value > max) {
      throw InvalidValue.of(field, wanted(), value);
    }
    return value;
  }

  public String wanted() {
    return "a whole number from %d to %d".formatted(min, max);
  }
}
