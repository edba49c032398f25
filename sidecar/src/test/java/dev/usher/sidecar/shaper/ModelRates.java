package dev.usher.sidecar.shaper;

import dev.usher.unit.Share;
import java.util.ArrayList;
import java.util.List;

/** Rates in tokens as the design words them, in fractions. */
final class ModelRates {
  private ModelRates() {}

  static void resolve(ModelNode parent) {
    List<Fraction> wanted = new ArrayList<>();
    Fraction total = Fraction.of(0);
    for (ModelNode child : parent.children) {
      Fraction share = ModelNode.of(child.spec.rate());
      Fraction tokens =
          isPercent(child.spec.rate()) ? share.times(Fraction.of(parent.rate)) : share;
      wanted.add(tokens);
      total = total.plus(tokens);
    }
    Fraction all = Fraction.of(parent.rate);
    parent.oversubscribed = total.compareTo(all) > 0;
    if (parent.oversubscribed) {
      Fraction sum = total;
      wanted.replaceAll(tokens -> tokens.times(all).over(sum));
      total = all;
    }
    List<Integer> got = largestRemainder(wanted, total.floor());
    for (int i = 0; i < got.size(); i++) {
      if (wanted.get(i).isPositive() && got.get(i) == 0 && sum(got) < parent.rate) {
        got.set(i, 1);
      }
    }
    for (int i = 0; i < got.size(); i++) {
      ModelNode child = parent.children.get(i);
      child.rate = got.get(i);
      child.ceil = ceil(child.spec.ceil(), parent.ceil, child.rate);
      resolve(child);
    }
    parent.own.rate = parent.rate - sum(got);
    parent.own.ceil = parent.ceil;
  }

  private static List<Integer> largestRemainder(List<Fraction> wanted, int total) {
    List<Integer> got = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    List<Fraction> remainders = new ArrayList<>();
    for (Fraction each : wanted) {
      order.add(got.size());
      got.add(each.floor());
      remainders.add(each.minus(Fraction.of(each.floor())));
    }
    order.sort((i, j) -> remainders.get(j).compareTo(remainders.get(i)));
    for (int i : order.subList(0, total - sum(got))) {
      got.set(i, got.get(i) + 1);
    }
    return got;
  }

  private static int ceil(Share written, int parentCeil, int rate) {
    Fraction share = ModelNode.of(written);
    int top =
        isPercent(written)
            ? share.times(Fraction.of(parentCeil)).floor()
            : Math.min(share.floor(), parentCeil);
    int least = share.isPositive() && parentCeil >= 1 ? 1 : 0;
    return Math.max(Math.max(top, rate), least);
  }

  private static boolean isPercent(Share share) {
    return share instanceof Share.Percent;
  }

  private static int sum(List<Integer> numbers) {
    int sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }
}
