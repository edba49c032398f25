package dev.usher.sidecar.cli.draw;

import dev.usher.sidecar.shaper.BucketView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A capital letter for each bucket: the first of its name that no bucket before it took, else the
 * first free of the alphabet. Above 26 buckets letters repeat.
 */
final class Letters {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final Map<String, Character> byName = new HashMap<>();
  private final List<Character> taken = new ArrayList<>();

  private Letters() {}

  /** Children come before their parent, so that the root's own requests take what is left. */
  static Letters of(BucketView root) {
    Letters letters = new Letters();
    letters.assign(root);
    return letters;
  }

  char of(String bucket) {
    return byName.getOrDefault(bucket, '?');
  }

  /** The number of the bucket that took {@code letter}, from 0; -1 when it is nobody's. */
  int orderOf(char letter) {
    return taken.indexOf(letter);
  }

  private void assign(BucketView node) {
    node.buckets().forEach(this::assign);
    char letter = choose(node.name());
    taken.add(letter);
    byName.put(node.name(), letter);
  }

  private char choose(String name) {
    String wishes = name.toUpperCase(Locale.ROOT) + ALPHABET;
    char fallback = '?';
    for (int i = 0; i < wishes.length(); i++) {
      char wish = wishes.charAt(i);
      boolean letter = ALPHABET.indexOf(wish) >= 0;
      if (letter && !taken.contains(wish)) {
        return wish;
      }
      if (letter && fallback == '?') {
        fallback = wish;
      }
    }
    return fallback;
  }
}
