package dev.usher.sidecar.cli.table;

import dev.usher.sidecar.config.document.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows below a heading, each column as wide as its widest cell, nothing cut. A heading that begins
 * with {@code >} stands, as its column does, to the right.
 */
public final class Table {
  /** For {@link Printable#of}, which adds an ellipsis to what it cuts. */
  public static final int UNCUT = Integer.MAX_VALUE - 3;

  private static final String RIGHT = ">";

  private static final String GAP = "  ";

  private final List<Boolean> right = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private Table() {}

  /** Begins a table with its heading. */
  public static Table headed(String... headings) {
    Table table = new Table();
    List<String> heads = new ArrayList<>();
    for (String heading : headings) {
      boolean toTheRight = heading.startsWith(RIGHT);
      table.right.add(toTheRight);
      heads.add(toTheRight ? heading.substring(RIGHT.length()) : heading);
    }
    table.rows.add(heads);
    return table;
  }

  /** A table of this many columns without a heading. */
  public static Table plain(int columns) {
    Table table = new Table();
    for (int column = 0; column < columns; column++) {
      table.right.add(false);
    }
    return table;
  }

  /** Adds a row, a cell for each column. */
  public Table row(String... cells) {
    if (cells.length != right.size()) {
      throw new IllegalArgumentException(
          "want %d cells, got %s".formatted(right.size(), Arrays.toString(cells)));
    }
    rows.add(Arrays.stream(cells).map(cell -> Printable.of(cell, Table.UNCUT)).toList());
    return this;
  }

  /** The heading, if there is one, and the rows. */
  public List<String> lines() {
    int[] widths = new int[right.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String blanks = " ".repeat(widths[column] - width(cell));
      line.append(column == 0 ? "" : GAP);
      line.append(right.get(column) ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
