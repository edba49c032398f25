package dev.usher.sidecar.shaper;

import java.math.BigInteger;

/** A rational number; the denominator is positive. */
record Fraction(BigInteger top, BigInteger bottom) implements Comparable<Fraction> {

  static Fraction of(long top, long bottom) {
    BigInteger divisor = BigInteger.valueOf(top).gcd(BigInteger.valueOf(bottom));
    return new Fraction(
        BigInteger.valueOf(top).divide(divisor), BigInteger.valueOf(bottom).divide(divisor));
  }

  static Fraction of(long whole) {
    return of(whole, 1);
  }

  Fraction plus(Fraction other) {
    return new Fraction(
        top.multiply(other.bottom).add(other.top.multiply(bottom)), bottom.multiply(other.bottom));
  }

  Fraction minus(Fraction other) {
    return plus(new Fraction(other.top.negate(), other.bottom));
  }

  Fraction times(Fraction other) {
    return new Fraction(top.multiply(other.top), bottom.multiply(other.bottom));
  }

  /** By a positive number. */
  Fraction over(Fraction other) {
    return new Fraction(top.multiply(other.bottom), bottom.multiply(other.top));
  }

  int floor() {
    BigInteger[] parts = top.divideAndRemainder(bottom);
    return parts[0].intValueExact() - (parts[1].signum() < 0 ? 1 : 0);
  }

  int ceil() {
    return -new Fraction(top.negate(), bottom).floor();
  }

  boolean isPositive() {
    return top.signum() > 0;
  }

  @Override
  public int compareTo(Fraction other) {
    return top.multiply(other.bottom).compareTo(other.top.multiply(bottom));
  }
}
