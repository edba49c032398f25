package dev.usher.sidecar.shaper;

import dev.usher.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small random tree of buckets that can be edited, valid after every edit. */
final class RandomTree {
  private static final int DEEPEST = 4;
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");

  /** A bucket as it will be written. */
  private static final class Draft {
    final String name;
    final List<Draft> children = new ArrayList<>();
    BucketSpec spec;

    Draft(BucketSpec spec) {
      this.name = spec.name();
      this.spec = spec;
    }

    Stream<Draft> walk() {
      return Stream.concat(Stream.of(this), children.stream().flatMap(Draft::walk));
    }

    int height() {
      return 1 + children.stream().mapToInt(Draft::height).max().orElse(0);
    }
  }

  private final SplittableRandom random;
  private final Draft root = new Draft(BucketSpec.root(List.of()));
  private final int most;
  private final boolean costly;
  private final boolean reserving;

  RandomTree(SplittableRandom random, int most) {
    this.random = random;
    this.most = Math.min(most, NAMES.size());
    this.costly = random.nextInt(3) == 0;
    this.reserving = random.nextInt(2) == 0;
    int size = 1 + random.nextInt(this.most);
    for (int i = 0; i < size; i++) {
      add();
    }
  }

  boolean isReserving() {
    return reserving;
  }

  List<BucketSpec> specs() {
    return specs(root);
  }

  private static List<BucketSpec> specs(Draft parent) {
    long percent = 0;
    List<BucketSpec> specs = new ArrayList<>();
    for (Draft child : parent.children) {
      BucketSpec spec = child.spec;
      long micros = spec.rate() instanceof Share.Percent p ? p.micros() : 0;
      if (percent + micros > Share.Percent.MICROS_OF_ALL) {
        micros = Share.Percent.MICROS_OF_ALL - percent;
        spec = withRate(spec, new Share.Percent(micros));
      }
      percent += micros;
      specs.add(spec.withBuckets(specs(child)));
    }
    return specs;
  }

  /** One edit: add, remove (with or without what is below), move, or change a bucket. */
  void edit() {
    List<Draft> all = buckets();
    int what = all.isEmpty() ? 0 : random.nextInt(all.size() < most ? 5 : 4);
    switch (what) {
      case 1 -> remove(pick(all));
      case 2 -> move(pick(all));
      case 3 -> change(pick(all));
      default -> add();
    }
  }

  private void add() {
    List<String> free = new ArrayList<>(NAMES.subList(0, most));
    free.removeAll(root.walk().map(draft -> draft.name).toList());
    if (!free.isEmpty()) {
      place(new Draft(spec(free.get(random.nextInt(free.size())))));
    }
  }

  private void remove(Draft draft) {
    Draft parent = parentOf(draft);
    parent.children.remove(draft);
    if (random.nextBoolean()) {
      parent.children.addAll(draft.children);
    }
  }

  private void move(Draft draft) {
    parentOf(draft).children.remove(draft);
    place(draft);
  }

  private void change(Draft draft) {
    draft.spec = spec(draft.name);
  }

  private void place(Draft draft) {
    List<Draft> parents =
        root.walk().filter(d -> depth(d) + draft.height() <= DEEPEST).collect(Collectors.toList());
    List<Draft> siblings = parents.get(random.nextInt(parents.size())).children;
    siblings.add(random.nextInt(siblings.size() + 1), draft);
  }

  private int depth(Draft draft) {
    return draft == root ? 0 : 1 + depth(parentOf(draft));
  }

  private Draft parentOf(Draft draft) {
    return root.walk().filter(d -> d.children.contains(draft)).findFirst().orElseThrow();
  }

  private List<Draft> buckets() {
    return root.walk().skip(1).toList();
  }

  private Draft pick(List<Draft> drafts) {
    return drafts.get(random.nextInt(drafts.size()));
  }

  private BucketSpec spec(String name) {
    Share[] rates = {
      Share.NONE,
      percent(10),
      percent(20),
      percent(25),
      percent(50),
      percent(random.nextInt(101)),
      new Share.Percent(33_333_333),
      new Share.Tokens(1),
      new Share.Tokens(random.nextInt(6))
    };
    Share[] ceils = {
      Share.ALL,
      Share.ALL,
      Share.ALL,
      percent(50),
      percent(random.nextInt(101)),
      new Share.Tokens(random.nextInt(8)),
      new Share.Percent(66_666_667)
    };
    int[] lends = {100, 100, 0, 50, 33, random.nextInt(101)};
    return new BucketSpec(
        name,
        rates[random.nextInt(rates.length)],
        ceils[random.nextInt(ceils.length)],
        Math.max(0, random.nextInt(5) - 2),
        random.nextInt(2) * random.nextInt(4),
        reserving ? percent(lends[random.nextInt(lends.length)]) : Share.ALL,
        costly ? 1 + random.nextInt(3) : 1,
        List.of());
  }

  private static Share.Percent percent(int whole) {
    return new Share.Percent(whole * (Share.Percent.MICROS_OF_ALL / 100));
  }

  private static BucketSpec withRate(BucketSpec spec, Share rate) {
    return new BucketSpec(
        spec.name(),
        rate,
        spec.ceil(),
        spec.priority(),
        spec.weight(),
        spec.lend(),
        spec.cost(),
        spec.buckets());
  }
}
