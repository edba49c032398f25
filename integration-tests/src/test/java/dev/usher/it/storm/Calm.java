package dev.usher.it.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a director still lacks of being whole, all seen in one and the same moment. */
final class Calm {
  private static final Map<String, String> WANTED =
      Map.of(
          "/enabled", "true",
          "/health/state", "online",
          "/outlier/state", "in");

  private Calm() {}

  /** Empty when all backends are in with all of their capacity. */
  static List<String> missing(List<StormBackend> backends, JsonNode director) {
    List<String> missing = new ArrayList<>();
    int sum = 0;
    for (StormBackend backend : backends) {
      sum += backend.role().equals("backup") ? 0 : backend.fullCapacity();
    }
    compare(missing, director, "/capacity", String.valueOf(sum));
    for (JsonNode backend : director.at("/backends")) {
      WANTED.forEach((pointer, wanted) -> compare(missing, backend, pointer, wanted));
      compare(missing, backend, "/capacity-now", backend.at("/capacity").asText());
    }
    if (director.at("/backends").size() != backends.size()) {
      missing.add("a backend");
    }
    return missing;
  }

  private static void compare(List<String> missing, JsonNode of, String pointer, String wanted) {
    String found = of.at(pointer).asText();
    if (!found.equals(wanted)) {
      missing.add(
          "%s%s is %s and not %s".formatted(of.at("/name").asText(), pointer, found, wanted));
    }
  }
}
