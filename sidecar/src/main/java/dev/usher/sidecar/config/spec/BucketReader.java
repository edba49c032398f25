package dev.usher.sidecar.config.spec;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Printable;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a tree of buckets: {@code {rate: 10%, ceil: 30%, buckets: {...}}}. */
public final class BucketReader {
  /** 0 is {@link BucketSpec#DEFAULT_WEIGHT}. */
  private static final IntRange WEIGHT = new IntRange(0, BucketSpec.WEIGHT.max());

  private static final BucketSpec SPARE = BucketSpec.of("spare", "0%", "100%");

  /** Where a name was seen first; names are unique over the whole tree. */
  private final Map<String, String> paths = new HashMap<>();

  /** How deep the bucket that is being read is nested, in what is read here. */
  private int level;

  /** The bucket and all below it; made up in part when {@code fields} got new faults. */
  public BucketSpec read(String name, Fields fields) {
    checkUnique(name, fields);
    level++;
    checkLevel(fields);
    List<BucketSpec> children = children(fields);
    level--;
    BucketSpec spec =
        fields.build(
            SPARE,
            () ->
                notRoot(
                    new BucketSpec(
                        name,
                        fields.<Share>parsed("rate", Share.WANTED, Share.NONE, Share::parse),
                        fields.<Share>parsed("ceil", Share.WANTED, Share.ALL, Share::parse),
                        Scalars.integer(fields, "priority", BucketSpec.PRIORITY, 0),
                        Scalars.integer(fields, "weight", WEIGHT, BucketSpec.DEFAULT_WEIGHT),
                        fields.parsed("lend", Share.PERCENT_WANTED, Share.ALL, Share::parsePercent),
                        Scalars.integer(fields, "cost", BucketSpec.COST, 1),
                        children)));
    fields.end();
    return spec;
  }

  /** The root itself is no part of a configuration, not even as it is. */
  private static BucketSpec notRoot(BucketSpec spec) {
    if (spec.name().equals(BucketName.ROOT)) {
      throw InvalidValue.of("name", "a name other than the root's", spec.name());
    }
    return spec;
  }

  /** What stands under {@code buckets}; their written percentages add up to at most 100. */
  List<BucketSpec> children(Fields parent) {
    List<BucketSpec> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long[] micros = {0};
    Items.named(
        parent,
        "buckets",
        (name, fields) -> {
          BucketSpec spec = read(name, fields);
          if (names.add(name)) {
            micros[0] += micros(spec);
            checkSum(micros[0], micros(spec), fields);
            read.add(spec);
          }
          return name;
        });
    return read;
  }

  private static long micros(BucketSpec spec) {
    return spec.rate() instanceof Share.Percent percent ? percent.micros() : 0;
  }

  private static void checkSum(long sum, long own, Fields fields) {
    long most = Share.Percent.MICROS_OF_ALL;
    if (sum > most && sum - own <= most) {
      String wanted =
          "rates of siblings that add up to at most 100%%, so %s here"
              .formatted(new Share.Percent(most - (sum - own)));
      String got = "'%s'".formatted(new Share.Percent(own));
      fields.refuseHere("rate", wanted, got);
    }
  }

  /** Complains of the first level that is too deep, not of those below it. */
  private void checkLevel(Fields fields) {
    if (level == BucketSpec.MOST_LEVELS + 1) {
      String wanted = "buckets nested at most %d levels deep".formatted(BucketSpec.MOST_LEVELS);
      fields.faults().add(Fault.impossible(fields.place(), fields.path(), wanted, "one more"));
    }
  }

  private void checkUnique(String name, Fields fields) {
    String before = paths.putIfAbsent(name, fields.path());
    if (before != null && !before.equals(fields.path())) {
      String got = Printable.quoted(name) + " again (first as " + before + ")";
      String wanted = "a name once in the director";
      fields.faults().add(Fault.impossible(fields.place(), fields.path(), wanted, got));
    }
  }
}
