package dev.usher.sidecar.shaper;

import dev.usher.unit.Share;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Rates and ceils in tokens, from scratch for a whole tree: largest remainder over siblings,
 * computed in millionths of a percent of a token, exactly.
 */
final class Rates {
  private static final long ALL = Share.Percent.MICROS_OF_ALL;

  private Rates() {}

  static void resolve(Bucket root, int capacity) {
    root.depth = 0;
    root.rate = capacity;
    root.ceil = capacity;
    below(root);
  }

  private static void below(Bucket parent) {
    List<Bucket> children = parent.children;
    int[] rates = rates(parent);
    int rest = parent.rate;
    for (int i = 0; i < rates.length; i++) {
      Bucket child = children.get(i);
      rest -= rates[i];
      limit(child, parent.depth + 1, rates[i], ceil(child.spec, parent.ceil, rates[i]));
      child.reserve =
          Math.toIntExact((rates[i] * (ALL - child.spec.lend().micros()) + ALL - 1) / ALL);
      child.weight = weight(child.spec, rates[i]);
      below(child);
    }
    limit(parent.own, parent.depth + 1, rest, parent.ceil);
    parent.own.weight = weight(parent.spec, rest);
  }

  private static void limit(Node node, int depth, int rate, int ceil) {
    node.depth = depth;
    node.rate = rate;
    node.ceil = ceil;
  }

  private static int weight(BucketSpec spec, int rate) {
    return spec.weight() == BucketSpec.DEFAULT_WEIGHT ? Math.max(1, rate) : spec.weight();
  }

  private static int ceil(BucketSpec spec, int parentCeil, int rate) {
    Share written = spec.ceil();
    long top =
        written instanceof Share.Tokens tokens
            ? Math.min(tokens.count(), parentCeil)
            : part(written, parentCeil) / ALL;
    int least = written.isZero() || parentCeil < 1 ? rate : Math.max(1, rate);
    return Math.max(Math.toIntExact(top), least);
  }

  /** Tokens times {@link #ALL}. */
  private static long part(Share share, int whole) {
    return share instanceof Share.Percent percent
        ? whole * percent.micros()
        : ((Share.Tokens) share).count() * ALL;
  }

  private static int[] rates(Bucket parent) {
    long[] wanted =
        parent.children.stream().mapToLong(c -> part(c.spec.rate(), parent.rate)).toArray();
    long sum = Arrays.stream(wanted).sum();
    parent.oversubscribed = sum > parent.rate * ALL;
    int[] got = new int[wanted.length];
    long[] remainders = new long[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      if (parent.oversubscribed) {
        BigInteger[] cut =
            BigInteger.valueOf(wanted[i])
                .multiply(BigInteger.valueOf(parent.rate))
                .divideAndRemainder(BigInteger.valueOf(sum));
        got[i] = cut[0].intValueExact();
        remainders[i] = cut[1].longValueExact();
      } else {
        got[i] = Math.toIntExact(wanted[i] / ALL);
        remainders[i] = wanted[i] % ALL;
      }
    }
    int whole = parent.oversubscribed ? parent.rate : Math.toIntExact(sum / ALL);
    giveToLargest(remainders, got, whole);
    giveOneToEach(wanted, got, parent.rate);
    return got;
  }

  /** The siblings with the largest remainders get one more, until all is given. */
  private static void giveToLargest(long[] remainders, int[] got, int whole) {
    int spare = whole - Arrays.stream(got).sum();
    if (spare == 0) {
      return;
    }
    Integer[] order = new Integer[got.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingLong(i -> -remainders[i]));
    for (int i = 0; i < spare; i++) {
      got[order[i]]++;
    }
  }

  private static void giveOneToEach(long[] wanted, int[] got, int parentRate) {
    int given = Arrays.stream(got).sum();
    for (int i = 0; i < got.length && given < parentRate; i++) {
      if (wanted[i] > 0 && got[i] == 0) {
        got[i] = 1;
        given++;
      }
    }
  }
}
