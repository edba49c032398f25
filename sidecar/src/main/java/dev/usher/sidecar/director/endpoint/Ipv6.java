package dev.usher.sidecar.director.endpoint;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IPv6 addresses as text. Every spelling of RFC 4291, 2.2 is read and the one of RFC 5952 is
 * written, so that equal texts are equal addresses. No zones: they mean something on one machine
 * only.
 */
final class Ipv6 {
  private static final int GROUPS = 8;
  private static final int LONGEST = 45;
  private static final int MAPPED_GROUPS = 6;
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  private Ipv6() {}

  /** The canonical text; null when {@code text} is no address. */
  static @Nullable String normal(String text) {
    int[] groups = text.length() > LONGEST ? null : parse(text);
    return groups == null ? null : text(groups);
  }

  private static int @Nullable [] parse(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      int[] all = groups(text, true);
      return all != null && all.length == GROUPS ? all : null;
    }
    int[] head = groups(text.substring(0, gap), false);
    int[] tail = groups(text.substring(gap + 2), true);
    if (head == null || tail == null || head.length + tail.length >= GROUPS) {
      return null;
    }
    int[] all = Arrays.copyOf(head, GROUPS);
    System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
    return all;
  }

  /**
   * Groups between colons; none in an empty text; null when one is wrong.
   *
   * @param last whether the last may be an IPv4 address, which is two groups
   */
  private static int @Nullable [] groups(String text, boolean last) {
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] parts = text.split(":", -1);
    int[] groups = new int[parts.length + 1];
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (HEX.matcher(parts[i]).matches()) {
        groups[count++] = Integer.parseInt(parts[i], 16);
      } else if (last && i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
        String[] octets = parts[i].split("\\.", -1);
        groups[count++] = octet(octets[0]) << 8 | octet(octets[1]);
        groups[count++] = octet(octets[2]) << 8 | octet(octets[3]);
      } else {
        return null;
      }
    }
    return Arrays.copyOf(groups, count);
  }

  private static int octet(String decimal) {
    return Integer.parseInt(decimal);
  }

  private static String text(int[] groups) {
    if (isMapped(groups)) {
      return "::ffff:%d.%d.%d.%d"
          .formatted(groups[6] >> 8, groups[6] & 0xff, groups[7] >> 8, groups[7] & 0xff);
    }
    int gap = longestRunOfZeros(groups);
    return gap < 0
        ? hex(groups, 0, GROUPS)
        : hex(groups, 0, gap) + "::" + hex(groups, runOfZeros(groups, gap), GROUPS);
  }

  private static String hex(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder(LONGEST);
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  /** {@code ::ffff:0:0/96}, whose last 32 bits RFC 5952, 5 writes as IPv4. */
  private static boolean isMapped(int[] groups) {
    return runOfZeros(groups, 0) == MAPPED_GROUPS - 1 && groups[MAPPED_GROUPS - 1] == 0xffff;
  }

  /** Where the longest run of at least two zeros begins, the first of equals; -1 for none. */
  private static int longestRunOfZeros(int[] groups) {
    int longest = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = runOfZeros(groups, i);
      if (end - i > length) {
        longest = i;
        length = end - i;
      }
    }
    return longest;
  }

  /** Where the run of zeros ends that begins at {@code start}. */
  private static int runOfZeros(int[] groups, int start) {
    int end = start;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end;
  }
}
