package dev.usher.sidecar.http.deadline;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.util.concurrent.TimeUnit;

/**
 * The fields by which a client says how much time it has left: {@code X-Request-Deadline-Ms}, whole
 * milliseconds; {@code grpc-timeout}, up to eight digits and a unit (gRPC over HTTP/2, "Timeout").
 */
public final class DeadlineFields {
  static final HttpString MILLIS = new HttpString("X-Request-Deadline-Ms");
  static final HttpString GRPC = new HttpString("grpc-timeout");

  /** More than any field says. */
  static final long FOREVER = Long.MAX_VALUE;

  /** 365 days in milliseconds have as many. */
  private static final int MAX_MILLIS_DIGITS = 11;

  private static final int MAX_GRPC_DIGITS = 8;
  private static final long MAX_GRPC_COUNT = 99_999_999;
  private static final long MAX_NANOS = TimeUnit.DAYS.toNanos(365);
  private static final long BROKEN = -1;

  private DeadlineFields() {}

  /**
   * Whether all that is said is understood: {@code X-Request-Deadline-Ms} from 0 to 365 days; a
   * {@code grpc-timeout} may be longer and counts as 365 days then.
   */
  public static boolean areClear(HeaderMap fields) {
    return leftNanos(fields) != BROKEN;
  }

  /** The least that is said, {@link #FOREVER} if nothing is, {@link #BROKEN} if it is unclear. */
  static long leftNanos(HeaderMap fields) {
    long least = FOREVER;
    HeaderValues millis = fields.get(MILLIS);
    if (millis != null) {
      for (int i = 0; i < millis.size(); i++) {
        least = Math.min(least, millisNanos(millis.get(i)));
      }
    }
    HeaderValues grpc = fields.get(GRPC);
    if (grpc != null) {
      for (int i = 0; i < grpc.size(); i++) {
        least = Math.min(least, grpcNanos(grpc.get(i)));
      }
    }
    return least;
  }

  private static long millisNanos(String value) {
    long millis = count(value, value.length(), MAX_MILLIS_DIGITS);
    long nanos = millis == BROKEN ? BROKEN : TimeUnit.MILLISECONDS.toNanos(millis);
    return nanos > MAX_NANOS ? BROKEN : nanos;
  }

  private static long grpcNanos(String value) {
    int digits = value.length() - 1;
    long count = count(value, digits, MAX_GRPC_DIGITS);
    if (count == BROKEN) {
      return BROKEN;
    }
    return switch (value.charAt(digits)) {
      case 'H' -> nanos(count, TimeUnit.HOURS);
      case 'M' -> nanos(count, TimeUnit.MINUTES);
      case 'S' -> nanos(count, TimeUnit.SECONDS);
      case 'm' -> nanos(count, TimeUnit.MILLISECONDS);
      case 'u' -> nanos(count, TimeUnit.MICROSECONDS);
      case 'n' -> count;
      default -> BROKEN;
    };
  }

  private static long nanos(long count, TimeUnit unit) {
    return Math.min(unit.toNanos(count), MAX_NANOS);
  }

  /** The number of the first {@code digits} characters. */
  private static long count(String value, int digits, int maxDigits) {
    if (digits < 1 || digits > maxDigits) {
      return BROKEN;
    }
    long count = 0;
    for (int i = 0; i < digits; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return BROKEN;
      }
      count = count * 10 + digit;
    }
    return count;
  }

  /** Puts {@code leftNanos}, rounded down, into the fields that are there; at least 0. */
  static void shorten(HeaderMap fields, long leftNanos) {
    if (fields.contains(MILLIS)) {
      fields.put(MILLIS, Long.toString(TimeUnit.NANOSECONDS.toMillis(leftNanos)));
    }
    if (fields.contains(GRPC)) {
      fields.put(GRPC, grpc(leftNanos));
    }
  }

  /** In the finest unit that has room for it. */
  private static String grpc(long nanos) {
    if (nanos <= MAX_GRPC_COUNT) {
      return nanos + "n";
    }
    if (TimeUnit.NANOSECONDS.toMicros(nanos) <= MAX_GRPC_COUNT) {
      return TimeUnit.NANOSECONDS.toMicros(nanos) + "u";
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return millis <= MAX_GRPC_COUNT ? millis + "m" : TimeUnit.MILLISECONDS.toSeconds(millis) + "S";
  }
}
