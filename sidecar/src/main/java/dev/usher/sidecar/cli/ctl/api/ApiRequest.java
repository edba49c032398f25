package dev.usher.sidecar.cli.ctl.api;

import java.util.List;

/**
 * What is asked of the admin API.
 *
 * @param resource path and query
 * @param contentType of the body; empty without one
 * @param onlyIfAbsent whether the object may not exist yet
 */
public record ApiRequest(
    String verb, String resource, String contentType, String body, boolean onlyIfAbsent) {

  /** Without a body. */
  public static ApiRequest of(String verb, String resource) {
    return new ApiRequest(verb, resource, "", "", false);
  }

  public ApiRequest withForm(List<Assignment> assignments) {
    String type = "application/x-www-form-urlencoded";
    return new ApiRequest(verb, resource, type, Assignment.form(assignments), onlyIfAbsent);
  }

  public ApiRequest withJson(String json) {
    return new ApiRequest(verb, resource, "application/json", json, onlyIfAbsent);
  }

  /** Whether it changes nothing. */
  boolean reads() {
    return verb.equals("GET");
  }

  public ApiRequest ifAbsent() {
    return new ApiRequest(verb, resource, contentType, body, true);
  }
}
