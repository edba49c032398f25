package dev.usher.it.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;

/** What the admin API answered. */
public record Reply(int status, HttpHeaders headers, String body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + status + " " + body, e);
    }
  }

  /** The field's value; empty when there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public String etag() {
    return header("ETag");
  }

  /** Fails unless the status is {@code wanted}. */
  public Reply expect(int wanted) {
    if (status != wanted) {
      throw new AssertionError("want %d, got %s".formatted(wanted, this));
    }
    return this;
  }

  @Override
  public String toString() {
    return status + " " + body;
  }
}
