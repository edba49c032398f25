package dev.usher.sidecar.cli.draw;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.shaper.BucketView;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds a director's tokens: the root's bar with all of them, then a line for each bucket. One
 * column is one token (capitals assured, small letters borrowed, dots free up to the ceil) as long
 * as the line is wide enough; else one column is several and the last line says how many.
 */
public final class TokenPicture {
  private final BucketView root;
  private final Canvas canvas;
  private final Letters letters;
  private final List<Row> rows;
  private final int labelColumns;

  private TokenPicture(BucketView root, BucketView before, Canvas canvas) {
    this.root = root;
    this.canvas = canvas;
    this.letters = Letters.of(root);
    this.rows = Row.below(root, before);
    int longest = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    this.labelColumns = Math.max(longest, BucketName.ROOT.length()) + 1;
  }

  /**
   * Draws {@code root}, not wider than {@code canvas}.
   *
   * @param before an earlier view: waits are means over what was granted since
   */
  public static List<String> lines(BucketView root, BucketView before, Canvas canvas) {
    return new TokenPicture(root, before, canvas).draw();
  }

  private List<String> draw() {
    Style style = Style.TERSE;
    int scale = Integer.MAX_VALUE;
    for (Style candidate : Style.values()) {
      int needed = new Layout(candidate).scale();
      if (needed < scale) {
        style = candidate;
        scale = needed;
      }
    }
    return new Layout(style).draw(Math.min(scale, Math.max(1, rootBar().tokens())));
  }

  private Bar rootBar() {
    return Bar.of(root, letters, canvas.free());
  }

  private String barText(Row row, int scale) {
    return row.hasBar()
        ? row.bar(letters, canvas.free()).text(scale)
        : "(" + letters.of(row.node().name()) + ")";
  }

  private static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  /** The picture in one style: which scale it needs, and its lines. */
  private final class Layout {
    private final Style style;
    private final String total;
    private final List<String> figures;

    Layout(Style style) {
      this.style = style;
      this.total = " ".repeat(style.gapBeforeTotal()) + style.total(root, Row.waitingBelow(root));
      this.figures = figures();
    }

    /** The cells of each row, one below the other. */
    private List<String> figures() {
      List<List<String>> cells = rows.stream().map(style::cells).toList();
      List<StringBuilder> texts = new ArrayList<>();
      rows.forEach(row -> texts.add(new StringBuilder()));
      int count = cells.isEmpty() ? 0 : cells.get(0).size();
      for (int cell = 0; cell < count; cell++) {
        int column = cell;
        int widest = cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        for (int row = 0; row < texts.size(); row++) {
          texts.get(row).append(" ".repeat(style.gapBefore(cell)));
          texts.get(row).append(padded(cells.get(row).get(cell), widest));
        }
      }
      return texts.stream().map(StringBuilder::toString).toList();
    }

    /** Tokens in a column so that every line fits; {@code Integer.MAX_VALUE} when none does. */
    int scale() {
      int forRoot = scale(rootBar().tokens(), total.length());
      int widestRow =
          rows.stream()
              .filter(Row::hasBar)
              .mapToInt(row -> row.bar(letters, canvas.free()).tokens())
              .max()
              .orElse(0);
      int longest =
          figures.stream().mapToInt(text -> text.stripTrailing().length()).max().orElse(0);
      return Math.max(forRoot, scale(widestRow, longest));
    }

    private int scale(int tokens, int textColumns) {
      int room = canvas.columns() - labelColumns - textColumns;
      return room <= 0 ? Integer.MAX_VALUE : Math.max(1, -Math.floorDiv(-tokens, room));
    }

    List<String> draw(int scale) {
      List<String> lines = new ArrayList<>();
      lines.add(line(BucketName.ROOT, rootBar().text(scale), total));
      List<String> bars = rows.stream().map(row -> barText(row, scale)).toList();
      int widest = bars.stream().mapToInt(String::length).max().orElse(0);
      for (int row = 0; row < bars.size(); row++) {
        lines.add(line(rows.get(row).label(), padded(bars.get(row), widest), figures.get(row)));
      }
      if (scale > 1) {
        lines.add(canvas.fit("(one column is %d tokens)".formatted(scale)));
      }
      return lines;
    }

    private String line(String label, String bar, String text) {
      String plain = canvas.fit(padded(label, labelColumns) + bar + text);
      int end = Math.min(plain.length(), labelColumns + bar.stripTrailing().length());
      return canvas.colours() && end > labelColumns
          ? plain.substring(0, labelColumns)
              + new Paint(letters).paint(plain.substring(labelColumns, end))
              + plain.substring(end)
          : plain;
    }
  }
}
