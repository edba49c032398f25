package dev.usher.sidecar.config;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.sidecar.director.spec.Timeouts;
import dev.usher.sidecar.health.HealthCheckSpec;
import dev.usher.sidecar.health.HealthMode;
import dev.usher.sidecar.schedule.Scheduling;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

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
        // A bucket costs more than it may hold; the next ones are others.
      }
    }
  }

  public BackendSpec backend() {
    Target url = new Target(oneOf(HOSTS), 1 + random.nextInt(65_535));
    Role role = oneOf(List.of(Role.values()));
    return new BackendSpec(name(), url, between(1, 1_000_000), role, random.nextBoolean());
  }

  public BucketSpec bucket() {
    return bucket(Share.ALL.micros(), 3);
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
        random.nextBoolean(),
        random.nextBoolean(),
        healthCheck());
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
    return new HealthCheckSpec(
        HealthMode.LAZY,
        "/" + name(),
        oneOf(HOSTS),
        millis(10),
        millis(1),
        between(1, 1_000),
        List.of(between(100, 599), between(100, 599)));
  }

  private Duration millis(long least) {
    long scale = (long) Math.pow(10, random.nextInt(11));
    long most = Duration.ofDays(365).toMillis();
    return Duration.ofMillis(Math.min(most, least + (long) (random.nextDouble() * scale)));
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
