package dev.usher.sidecar.cli.draw;

import dev.usher.sidecar.shaper.BucketView;
import java.util.List;

/** How many words the figures behind a bar take. */
enum Style {
  FULL(3, List.of(5, 5, 4, 4)) {
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
  COMPACT(2, List.of(2, 2, 2, 2)) {
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
  TERSE(1, List.of(1, 1)) {
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

  private final int gapBeforeTotal;
  private final List<Integer> gapsBeforeCells;

  Style(int gapBeforeTotal, List<Integer> gapsBeforeCells) {
    this.gapBeforeTotal = gapBeforeTotal;
    this.gapsBeforeCells = gapsBeforeCells;
  }

  int gapBeforeTotal() {
    return gapBeforeTotal;
  }

  int gapBefore(int cell) {
    return gapsBeforeCells.get(cell);
  }

  /** What stands behind the root's bar. */
  abstract String total(BucketView root, int waiting);

  /** What stands behind a row's bar: as many cells for each row. */
  abstract List<String> cells(Row row);
}
