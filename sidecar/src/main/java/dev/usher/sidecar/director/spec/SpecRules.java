package dev.usher.sidecar.director.spec;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold between the parts of a director's specification. */
final class SpecRules {
  private SpecRules() {}

  static void checkName(String name) {
    if (!BucketName.isValid(name)) {
      throw InvalidValue.of("name", BucketName.WANTED, name);
    }
  }

  static void checkPositive(String field, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw InvalidValue.of(field, "more than 0ms", duration.toMillis() + "ms");
    }
  }

  static void checkBackends(List<BackendSpec> backends, HealthCheckSpec health) {
    Set<String> names = new HashSet<>();
    for (BackendSpec backend : backends) {
      if (!names.add(backend.name())) {
        throw InvalidValue.impossible("backends", "a name once", backend.name());
      }
      checkHealth(backend, health);
    }
  }

  private static void checkHealth(BackendSpec backend, HealthCheckSpec health) {
    try {
      HealthCheckSpec unused = backend.healthCheck().over(health);
    } catch (InvalidValue e) {
      throw e.under("backends.%s.health-check".formatted(backend.name()));
    }
  }

  static void checkBuckets(List<BucketSpec> buckets) {
    checkLevel("buckets", 1, buckets, new HashSet<>(Set.of(BucketName.ROOT)));
    checkCosts("buckets", buckets, MostTokens.ROOT);
  }

  private static void checkLevel(
      String path, int level, List<BucketSpec> siblings, Set<String> names) {
    if (level > BucketSpec.MOST_LEVELS && !siblings.isEmpty()) {
      throw InvalidValue.impossible(
          path, "at most %d levels".formatted(BucketSpec.MOST_LEVELS), "one more");
    }
    long micros = 0;
    for (BucketSpec bucket : siblings) {
      if (!names.add(bucket.name())) {
        throw InvalidValue.impossible(path, "a name once in the director", bucket.name());
      }
      if (bucket.rate() instanceof Share.Percent percent) {
        micros += percent.micros();
      }
      checkLevel(path + "." + bucket.name() + ".buckets", level + 1, bucket.buckets(), names);
    }
    if (micros > Share.Percent.MICROS_OF_ALL) {
      throw InvalidValue.impossible(
          path + ".rate", "rates of siblings that add up to at most 100%", text(micros));
    }
  }

  /** A bucket may be shut, but one that is open must be able to serve. */
  private static void checkCosts(String path, List<BucketSpec> siblings, MostTokens parent) {
    for (BucketSpec bucket : siblings) {
      MostTokens most = parent.ofChild(bucket);
      String key = path + "." + bucket.name();
      if (most.ceil() > 0 && most.ceil() < bucket.cost()) {
        String wanted = "room for one request, which costs %d tokens".formatted(bucket.cost());
        throw InvalidValue.impossible(key + ".ceil", wanted, bucket.ceil());
      }
      checkCosts(key + ".buckets", bucket.buckets(), most);
    }
  }

  private static String text(long micros) {
    return java.math.BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + "%";
  }
}
