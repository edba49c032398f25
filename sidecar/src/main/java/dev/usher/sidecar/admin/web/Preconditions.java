package dev.usher.sidecar.admin.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * If-Match and If-None-Match of a request (RFC 9110, section 13). The tag of every object is the
 * version of its director.
 *
 * @param ifMatch tags as written, {@code *} included; empty without the field
 * @param ifNoneMatch likewise
 */
public record Preconditions(List<String> ifMatch, List<String> ifNoneMatch) {
  public static final Preconditions NONE = new Preconditions(List.of(), List.of());

  private static final String ANY = "*";

  /** One member of a list and the comma behind it; empty members do not count (section 5.6.1). */
  private static final Pattern MEMBER =
      Pattern.compile("[ \\t]*((?:W/)?\"[^\"]*\")?[ \\t]*(?:,|\\z)");

  public Preconditions {
    ifMatch = List.copyOf(ifMatch);
    ifNoneMatch = List.copyOf(ifNoneMatch);
  }

  /**
   * Reads the values of both fields.
   *
   * @throws ApiError when one is not a list of entity tags
   */
  public static Preconditions parse(List<String> ifMatch, List<String> ifNoneMatch) {
    if (ifMatch.isEmpty() && ifNoneMatch.isEmpty()) {
      return NONE;
    }
    return new Preconditions(tags("If-Match", ifMatch), tags("If-None-Match", ifNoneMatch));
  }

  private static List<String> tags(String field, List<String> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    String all = String.join(",", values);
    if (all.trim().equals(ANY)) {
      return List.of(ANY);
    }
    List<String> tags = new ArrayList<>();
    Matcher member = MEMBER.matcher(all);
    int end = 0;
    while (end < all.length() && member.region(end, all.length()).lookingAt()) {
      if (member.group(1) != null) {
        tags.add(member.group(1));
      }
      end = member.end();
    }
    if (end < all.length() || tags.isEmpty()) {
      throw ApiError.badValue(field, "* or quoted tags such as \"17\"", all);
    }
    return tags;
  }

  /** The ETag of a version. */
  public static String tag(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Lets a change of an object that exists pass.
   *
   * @throws ApiError when a precondition fails
   */
  public void checkExisting(long version) {
    String tag = tag(version);
    if (!ifMatch.isEmpty() && !ifMatch.contains(ANY) && !ifMatch.contains(tag)) {
      throw lost("If-Match", "the version is " + version + " by now");
    }
    if (ifNoneMatch.contains(ANY)) {
      throw lost("If-None-Match", "it exists already");
    }
    if (matchesNone(version)) {
      throw lost("If-None-Match", "the version is " + version);
    }
  }

  /**
   * Lets the creation of an object pass.
   *
   * @throws ApiError when If-Match wants one that exists
   */
  public void checkAbsent() {
    if (!ifMatch.isEmpty()) {
      throw lost("If-Match", "it does not exist");
    }
  }

  /** Whether a reader has this version already. */
  public boolean notModified(long version) {
    return ifNoneMatch.contains(ANY) || matchesNone(version);
  }

  private boolean matchesNone(long version) {
    String tag = tag(version);
    return ifNoneMatch.contains(tag) || ifNoneMatch.contains("W/" + tag);
  }

  private static ApiError lost(String field, String why) {
    return ApiError.of(ApiError.Code.PRECONDITION_FAILED, field + ": " + why, field);
  }
}
