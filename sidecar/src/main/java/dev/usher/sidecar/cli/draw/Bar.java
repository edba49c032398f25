package dev.usher.sidecar.cli.draw;

import dev.usher.sidecar.shaper.BucketView;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of tokens: runs of equal letters, then those free up to the ceil.
 *
 * @param tokens the sum of the runs
 */
record Bar(List<Run> runs, int tokens) {

  /** Equal tokens side by side. */
  record Run(char glyph, int tokens) {}

  /** Everything that a bucket and those below it hold. */
  static Bar of(BucketView node, Letters letters, char free) {
    List<Run> runs = new ArrayList<>();
    addSubtree(runs, node, letters);
    return upTo(node.ceil(), runs, free);
  }

  private static void addSubtree(List<Run> runs, BucketView node, Letters letters) {
    node.buckets().forEach(child -> addSubtree(runs, child, letters));
    addOwn(runs, node, letters);
  }

  private static void addOwn(List<Run> runs, BucketView node, Letters letters) {
    char letter = letters.of(node.name());
    int assured = Math.min(node.own(), Rest.of(node));
    runs.add(new Run(letter, assured));
    runs.add(new Run(Character.toLowerCase(letter), node.own() - assured));
  }

  private static Bar upTo(int ceil, List<Run> runs, char free) {
    int held = runs.stream().mapToInt(Run::tokens).sum();
    runs.add(new Run(free, Math.max(0, ceil - held)));
    return new Bar(runs.stream().filter(run -> run.tokens() > 0).toList(), Math.max(held, ceil));
  }

  /** Each column shows what most of its tokens are; of equals the leftmost. */
  String text(int scale) {
    StringBuilder text = new StringBuilder();
    int run = 0;
    long runEnd = runs.isEmpty() ? 0 : runs.get(0).tokens();
    for (long from = 0; from < tokens; from += scale) {
      long to = Math.min(from + scale, tokens);
      char glyph = runs.get(run).glyph();
      long most = 0;
      long at = from;
      while (at < to) {
        long part = Math.min(runEnd, to) - at;
        if (part > most) {
          most = part;
          glyph = runs.get(run).glyph();
        }
        at += part;
        if (at == runEnd && run + 1 < runs.size()) {
          run++;
          runEnd += runs.get(run).tokens();
        }
      }
      text.append(glyph);
    }
    return text.toString();
  }
}
