package dev.usher.sidecar.cli.draw;

import dev.usher.sidecar.shaper.BucketView;
import java.util.List;

/** How many words the figures behind a bar take. */
enum Style {
  FULL(3, 5, 4) {
    @Override
    String total(BucketView root, int waiting) {
      return "%d of %d, %d waiting".formatted(root.actual(), root.ceil(), waiting);
    }

    @Override
    List<String> cells(Row row) {
      return List.of(
          "%d of %d..%d".formatted(row.held(), row.assured(), row.node().ceil()),
          "waiting " + row.waiting(),
          row.own() ? "assured wait " + row.waits().assured() : "",
          row.own() ? "loan wait " + row.waits().loan() : "");
    }
  },
  COMPACT(2, 2, 2) {
    @Override
    String total(BucketView root, int waiting) {
      return "%d/%d, %d wait".formatted(root.actual(), root.ceil(), waiting);
    }

    @Override
    List<String> cells(Row row) {
      return List.of(
          "%d of %d..%d".formatted(row.held(), row.assured(), row.node().ceil()),
          "wait " + row.waiting(),
          row.own() ? "assured " + row.waits().assured() : "",
          row.own() ? "loan " + row.waits().loan() : "");
    }
  },
  TERSE(1, 1, 1) {
    @Override
    String total(BucketView root, int waiting) {
      return "%d/%d +%d".formatted(root.actual(), root.ceil(), waiting);
    }

    @Override
    List<String> cells(Row row) {
      return List.of(
          "%d/%d..%d".formatted(row.held(), row.assured(), row.node().ceil()), "+" + row.waiting());
    }
  };

  private static final int COUNTS = 2;

  private final int gapBeforeTotal;
  private final int gapBeforeCounts;
  private final int gapBeforeWaits;

  Style(int gapBeforeTotal, int gapBeforeCounts, int gapBeforeWaits) {
    this.gapBeforeTotal = gapBeforeTotal;
    this.gapBeforeCounts = gapBeforeCounts;
    this.gapBeforeWaits = gapBeforeWaits;
  }

  int gapBeforeTotal() {
    return gapBeforeTotal;
  }

  int gapBefore(int cell) {
    return cell < COUNTS ? gapBeforeCounts : gapBeforeWaits;
  }

  /** What stands behind the root's bar. */
  abstract String total(BucketView root, int waiting);

  /** What stands behind a row's bar: as many cells for each row. */
  abstract List<String> cells(Row row);
}
