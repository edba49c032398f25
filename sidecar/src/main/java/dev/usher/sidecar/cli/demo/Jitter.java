package dev.usher.sidecar.cli.demo;

/** Service times that vary the same way in every run. */
final class Jitter {
  private static final long STEPS = 1L << 20;

  private Jitter() {}

  /** Between half of {@code mean} and one and a half, evenly spread over many indices. */
  static long around(long mean, long index) {
    long step = Math.floorMod(mix(index), STEPS);
    return mean / 2 + mean * step / STEPS;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014), whose bits all depend on all. */
  private static long mix(long index) {
    long z = (index + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
