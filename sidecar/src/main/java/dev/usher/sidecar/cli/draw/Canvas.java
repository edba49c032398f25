package dev.usher.sidecar.cli.draw;

/**
 * Where a picture is drawn.
 *
 * @param columns width of a line
 * @param unicode whether it shows more than ASCII
 * @param colours whether it understands ECMA-48 colours
 */
public record Canvas(int columns, boolean unicode, boolean colours) {
  /** Narrower than this, lines are cut. */
  public static final int NARROWEST = 20;

  public Canvas {
    columns = Math.max(NARROWEST, columns);
  }

  /** The sign of a token nobody holds. */
  public char free() {
    return unicode ? '·' : '.';
  }

  /** {@code line} without trailing blanks, cut at the width. */
  public String fit(String line) {
    String stripped = line.stripTrailing();
    return stripped.length() <= columns ? stripped : stripped.substring(0, columns);
  }
}
