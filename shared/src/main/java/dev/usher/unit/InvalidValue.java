package dev.usher.unit;

/**
 * A value that a specification refuses. The message says name, wanted, got; the parts stay apart so
 * that a configuration file's reader can add file and line and the API can name the field.
 */
public final class InvalidValue extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String wanted;
  private final String got;
  private final boolean impossibleHere;

  private InvalidValue(String field, String wanted, String got, boolean impossibleHere) {
    super("%s: want %s, got %s".formatted(field, wanted, got));
    this.field = field;
    this.wanted = wanted;
    this.got = got;
    this.impossibleHere = impossibleHere;
  }

  /** The value is wrong whatever stands around it: not a number, out of range, bad syntax. */
  public static InvalidValue of(String field, String wanted, Object got) {
    return new InvalidValue(field, wanted, "'" + got + "'", false);
  }

  /** The value is right alone and impossible with what stands around it: shares over 100 %. */
  public static InvalidValue impossible(String field, String wanted, Object got) {
    return new InvalidValue(field, wanted, "'" + got + "'", true);
  }

  /**
   * The kebab-case key, with the path of its parents where it has any: {@code buckets.vip.rate}.
   */
  public String field() {
    return field;
  }

  public String wanted() {
    return wanted;
  }

  public String got() {
    return got;
  }

  public boolean impossibleHere() {
    return impossibleHere;
  }

  /** The same complaint with {@code parent} put before the field. */
  public InvalidValue under(String parent) {
    InvalidValue moved = new InvalidValue(parent + "." + field, wanted, got, impossibleHere);
    moved.initCause(this);
    return moved;
  }
}
