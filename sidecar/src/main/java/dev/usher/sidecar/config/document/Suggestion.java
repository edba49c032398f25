package dev.usher.sidecar.config.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant. */
public final class Suggestion {
  static final String ANY_KEY = "a known key";

  private static final int LONGEST = 64;

  private Suggestion() {}

  /** {@code one of a, b (did you mean 'b'?)}. */
  public static String wanted(String written, Collection<String> known) {
    String all = "one of " + String.join(", ", known);
    return nearest(written, known).map(near -> all + " (did you mean '" + near + "'?)").orElse(all);
  }

  /** {@code a known key (did you mean 'b'?)}, or all of them when none is near. */
  static String wantedKey(String written, Collection<String> known) {
    return nearest(written, known)
        .map(near -> ANY_KEY + " (did you mean '" + near + "'?)")
        .orElseGet(() -> ANY_KEY + ", one of " + String.join(", ", known));
  }

  /** The known word nearest to the written one, if any is near: about one slip in three letters. */
  static Optional<String> nearest(String written, Collection<String> known) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    String kebab = kebab(written);
    int slips = Math.min(3, 1 + kebab.length() / 4);
    return known.stream()
        .filter(word -> distance(kebab, kebab(word)) <= slips)
        .min(Comparator.comparingInt(word -> distance(kebab, kebab(word))));
  }

  /** {@code queueTimeout} and {@code queue_timeout} are {@code queue-timeout}. */
  private static String kebab(String word) {
    return word.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replace('_', '-')
        .replace(' ', '-')
        .toLowerCase(Locale.ROOT);
  }

  /** Letters to add, drop, replace or swap with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, 1 + cost[i - 2][j - 2]) : least;
  }
}
