package dev.usher.sidecar.cli.ctl.show;

import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.cli.table.Table;
import dev.usher.sidecar.config.document.Printable;
import dev.usher.sidecar.config.document.Value.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What {@code usher ctl get} and {@code explain} print of an answer. */
public final class Pages {
  /** What is shown of something that the answer does not tell. */
  static final String UNKNOWN = "-";

  private static final String SHAPER = "shaper";
  private static final String BACKENDS = "backends";
  private static final String BUCKETS = "buckets";

  private Pages() {}

  /** All directors, a line each; {@code all} is a map by name. */
  public static List<String> directors(Tree all) {
    Table table =
        Table.headed("DIRECTOR", "ENABLED", ">CAPACITY", ">LOAD", ">QUEUED", ">DROPPED", ">ONLINE");
    for (Entry entry : all.entries()) {
      Tree director = new Tree(entry.value());
      Tree stats = director.at("stats");
      List<Tree> backends = director.items(BACKENDS);
      long online = backends.stream().filter(Pages::isOnline).count();
      table.row(
          entry.key(),
          director.text("enabled", UNKNOWN),
          director.text("capacity", UNKNOWN),
          stats.at("load").text("current", UNKNOWN),
          stats.at("queued").text("current", UNKNOWN),
          stats.text("dropped", UNKNOWN),
          online + "/" + backends.size());
    }
    return table.lines();
  }

  /** Whether a backend is in service as far as is known: a locked one is not. */
  private static boolean isOnline(Tree backend) {
    return backend.text("enabled", "true").equals("true")
        && backend.at("health").text("state", UNKNOWN).equals("online");
  }

  /** A director's settings and figures, its tree, its backends. */
  public static List<String> director(Tree director) {
    List<String> lines = new ArrayList<>(Listing.lines(director, Set.of(SHAPER, BACKENDS)));
    lines.add("");
    lines.addAll(Buckets.lines(director.at(SHAPER)));
    lines.add("");
    lines.addAll(backends(director.items(BACKENDS)));
    return lines;
  }

  /** Backends, a line each. */
  public static List<String> backends(Collection<Tree> backends) {
    Table table = Table.headed("BACKEND", "ROLE", "ENABLED", ">CAPACITY", ">LOAD", "HEALTH", "URL");
    for (Tree backend : backends) {
      table.row(
          backend.text("name", UNKNOWN),
          backend.text("role", UNKNOWN),
          backend.text("enabled", UNKNOWN),
          backend.text("capacity", UNKNOWN),
          backend.at("load").text("current", UNKNOWN),
          backend.at("health").text("state", UNKNOWN),
          backend.text("url", UNKNOWN));
    }
    return table.lines();
  }

  public static List<String> backend(Tree backend) {
    return Listing.lines(backend, Set.of());
  }

  /** A bucket as a tree with all below it. */
  public static List<String> buckets(Tree top) {
    return Buckets.lines(top);
  }

  /** A bucket's settings and figures, and what is below it. */
  public static List<String> bucket(Tree bucket) {
    List<String> lines = new ArrayList<>(Listing.lines(bucket, Set.of(BUCKETS)));
    if (!bucket.items(BUCKETS).isEmpty()) {
      lines.add("");
      lines.addAll(Buckets.lines(bucket));
    }
    return lines;
  }

  /** Why a bucket's first waiter waits, and who holds the tokens. */
  public static List<String> explanation(Tree why) {
    List<String> lines = new ArrayList<>();
    lines.add(Printable.of(why.text("message", UNKNOWN), Table.UNCUT));
    List<Tree> holders = why.items("holders");
    if (!holders.isEmpty()) {
      Table table = Table.headed("BUCKET", ">TOKENS");
      holders.forEach(
          holder -> table.row(holder.text("bucket", UNKNOWN), holder.text("tokens", UNKNOWN)));
      lines.add("");
      lines.addAll(table.lines());
    }
    return lines;
  }
}
