package dev.usher.sidecar.config;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.backend.check.ProbeKind;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.sidecar.director.spec.Timeouts;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.sidecar.schedule.Scheduling;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Valid specifications at random, from one end of each range to the other. */
public final class RandomSpecs {
  private static final List<String> HOSTS =
      List.of("localhost", "10.0.0.3", "::1", "fe80::1:2", "app.example");

  private final Random random;
  private int names;

  public RandomSpecs(long seed) {
    random = new Random(seed);
  }

  public DirectorSpec director() {
    List<BackendSpec> backends = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      backends.add(backend());
    }
    String name = name();
    while (true) {
      try {
        return new DirectorSpec(name, settings(), backends, buckets(3));
      } catch (InvalidValue neverServes) {
        // A bucket costs more than it may hold, or HEAD meets a match; the next ones are others.
      }
    }
  }

  public BackendSpec backend() {
    Target url = new Target(oneOf(HOSTS), 1 + random.nextInt(65_535));
    Role role = oneOf(List.of(Role.values()));
    return new BackendSpec(
        name(),
        url,
        between(1, 1_000_000),
        role,
        random.nextBoolean(),
        disabled(),
        healthOverride());
  }

  public BucketSpec bucket() {
    return bucket(Share.ALL.micros(), 3);
  }

  private @Nullable Disabled disabled() {
    return random.nextBoolean()
        ? null
        : new Disabled(
            oneOf(List.of("x", "sticky-offline-mode: reset by 'peer'", "äöü \"quoted\" #: -")),
            Instant.ofEpochMilli(Math.abs(random.nextLong() >> 20)));
  }

  private List<BucketSpec> buckets(int levels) {
    List<BucketSpec> buckets = new ArrayList<>();
    long left = Share.ALL.micros();
    for (int i = levels == 0 ? 0 : random.nextInt(4); i > 0; i--) {
      BucketSpec bucket = bucket(left, levels - 1);
      left -= bucket.rate() instanceof Share.Percent percent ? percent.micros() : 0;
      buckets.add(bucket);
    }
    return buckets;
  }

  private BucketSpec bucket(long mostMicros, int levels) {
    return new BucketSpec(
        name(),
        share(mostMicros),
        share(Share.ALL.micros()),
        between(0, 7),
        random.nextBoolean() ? BucketSpec.DEFAULT_WEIGHT : between(1, 1_000_000),
        percent(Share.ALL.micros()),
        between(1, 1_000),
        buckets(levels));
  }

  private Share share(long mostMicros) {
    return random.nextBoolean()
        ? percent(mostMicros)
        : new Share.Tokens(between(0, Share.Tokens.MAX));
  }

  private Share.Percent percent(long mostMicros) {
    long micros = (long) (random.nextDouble() * (mostMicros + 1));
    return new Share.Percent(random.nextBoolean() ? micros : micros / 1_000_000 * 1_000_000);
  }

  private Settings settings() {
    return new Settings(
        random.nextBoolean(),
        oneOf(List.of(Scheduling.values())),
        between(0, 1_000_000),
        millis(0),
        between(0, 100),
        retry(),
        random.nextBoolean(),
        random.nextBoolean(),
        oneOf(List.of(OnClientAbort.values())),
        timeouts(),
        millis(0),
        outliers(),
        random.nextBoolean(),
        random.nextBoolean(),
        healthCheck());
  }

  private OutlierSpec outliers() {
    Duration least = millis(1);
    return new OutlierSpec(
        random.nextBoolean(),
        between(0, 1_000_000),
        percent(Share.Percent.MICROS_OF_ALL),
        between(0, 1_000),
        between(1, 1_000_000),
        millis(100),
        least,
        random.nextBoolean() ? least : Duration.ofDays(365),
        percent(Share.Percent.MICROS_OF_ALL));
  }

  private RetrySpec retry() {
    Set<RetryCause> causes = new HashSet<>(List.of(RetryCause.values()));
    causes.removeIf(cause -> random.nextBoolean());
    return random.nextBoolean()
        ? RetrySpec.DEFAULT
        : new RetrySpec(
            causes,
            percent(Share.ALL.micros()),
            between(0, 1_000_000),
            between(0, 16 << 20),
            random.nextBoolean());
  }

  private Timeouts timeouts() {
    return new Timeouts(
        millis(0),
        millis(1),
        millis(1),
        random.nextBoolean() ? millis(1) : null,
        millis(1),
        random.nextBoolean() ? millis(0) : Duration.ZERO,
        millis(1));
  }

  private HealthCheckSpec healthCheck() {
    return healthCheck(all -> true, oneOf(List.of("GET", "HEAD", "PROPFIND"))).build();
  }

  /** Says some of it; whether answers have a body is its director's affair. */
  private HealthCheckOverride healthOverride() {
    return random.nextBoolean()
        ? HealthCheckOverride.NONE
        : healthCheck(some -> random.nextInt(3) == 0, "OPTIONS").override();
  }

  private HealthCheckEditor healthCheck(Predicate<String> says, String method) {
    boolean bodiless = method.equals("HEAD") || !says.test("match");
    HealthCheckEditor edit = HealthCheckSpec.DEFAULT.edit();
    return edit.mode(says.test("mode") ? oneOf(List.of(HealthMode.values())) : null)
        .kind(says.test("kind") ? oneOf(List.of(ProbeKind.values())) : null)
        .method(says.test("method") ? method : null)
        .path(says.test("path") ? "/" + name() : null)
        .host(says.test("host") ? oneOf(HOSTS) : null)
        .expect(says.test("expect") ? List.of(between(200, 599), between(200, 599)) : null)
        .match(bodiless ? null : oneOf(List.of("", "up", "\u00e4 \"b\"\n", "x".repeat(1_024))))
        .interval(says.test("interval") ? millis(10, HealthCheckSpec.MOST_INTERVAL) : null)
        .timeout(says.test("timeout") ? millis(1, HealthCheckSpec.MOST_TIMEOUT) : null)
        .successThreshold(says.test("success-threshold") ? between(1, 1_000) : null)
        .fall(says.test("fall") ? between(1, 1_000) : null)
        .count5xx(says.test("count-5xx") ? random.nextBoolean() : null)
        .fall5xx(says.test("fall-5xx") ? between(1, 1_000) : null);
  }

  private Duration millis(long least) {
    return millis(least, Duration.ofDays(365));
  }

  private Duration millis(long least, Duration most) {
    long scale = (long) Math.pow(10, random.nextInt(11));
    return Duration.ofMillis(
        Math.min(most.toMillis(), least + (long) (random.nextDouble() * scale)));
  }

  private String name() {
    return oneOf(List.of("a", "B-", "c.d", "_", "9")) + names++;
  }

  private int between(int min, int max) {
    return switch (random.nextInt(4)) {
      case 0 -> min;
      case 1 -> max;
      default -> min + random.nextInt(max - min + 1);
    };
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
