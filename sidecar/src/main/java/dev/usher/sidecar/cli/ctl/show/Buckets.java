package dev.usher.sidecar.cli.ctl.show;

import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.cli.table.Table;
import java.util.List;

/** Buckets as a tree: what they are given and what they hold. */
final class Buckets {
  private static final String STEP = "  ";

  private final Table table =
      Table.headed("BUCKET", ">RATE", ">CEIL", ">PRIORITY", ">TOKENS", ">ACTUAL", ">QUEUED");

  private Buckets() {}

  /** {@code top} and all below it; TOKENS is what its rate and its ceil are at the moment. */
  static List<String> lines(Tree top) {
    Buckets buckets = new Buckets();
    buckets.add(top, "");
    return buckets.table.lines();
  }

  private void add(Tree bucket, String indent) {
    table.row(
        indent + bucket.text("name", Pages.UNKNOWN),
        bucket.text("rate", Pages.UNKNOWN),
        bucket.text("ceil", Pages.UNKNOWN),
        bucket.text("priority", Pages.UNKNOWN),
        bucket.text("token-rate", Pages.UNKNOWN) + ".." + bucket.text("token-ceil", Pages.UNKNOWN),
        bucket.text("actual", Pages.UNKNOWN),
        bucket.text("queued", Pages.UNKNOWN));
    bucket.items("buckets").forEach(child -> add(child, indent + STEP));
  }
}
