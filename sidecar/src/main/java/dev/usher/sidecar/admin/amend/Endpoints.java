package dev.usher.sidecar.admin.amend;

import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.unit.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * {@code hostname} and {@code port} of a director on demand. Like its name they say which one it
 * is, and are not part of its configuration. [w]
 */
public final class Endpoints {
  private static final String HOSTNAME = "hostname";
  private static final String PORT = "port";
  private static final int DEFAULT_PORT = 80;

  private Endpoints() {}

  /** What is said when a host and port have an owner. */
  public static ApiError taken(String owner) {
    return ApiError.of(
        ApiError.Code.NAME_TAKEN,
        "hostname: director '%s' answers for this host and port".formatted(owner),
        HOSTNAME);
  }

  /** Takes both away; null when there is none. */
  static @Nullable Endpoint take(Call call) {
    String hostname = call.take(HOSTNAME);
    String port = call.take(PORT);
    if (hostname == null) {
      if (port != null) {
        throw ApiError.of(
            ApiError.Code.BAD_VALUE, "hostname: want one beside port, got nothing", HOSTNAME);
      }
      return null;
    }
    return new Endpoint(hostname, port == null ? DEFAULT_PORT : number(port));
  }

  private static int number(String port) {
    if (!port.matches("[0-9]{1,5}")) {
      throw InvalidValue.of(PORT, Endpoint.PORT.wanted(), port);
    }
    return Integer.parseInt(port);
  }

  /** Refuses to change either. */
  static void refuse(Call call) {
    for (String key : new String[] {HOSTNAME, PORT}) {
      if (call.fields().has(key)) {
        throw ApiError.of(
            ApiError.Code.IMPOSSIBLE, key + ": cannot be changed, only PUT with a new name", key);
      }
    }
  }

  /** Refuses to put a director in the place of one that is for something else. */
  static void checkSame(Definition existing, @Nullable Endpoint wanted) {
    Endpoint has =
        existing.origin() instanceof Origin.OnDemand onDemand ? onDemand.endpoint() : null;
    if (wanted != null && !wanted.equals(has)) {
      String what = has == null ? "no director on demand" : "for " + has;
      throw ApiError.of(
          ApiError.Code.NAME_TAKEN,
          "name: there is a director '%s', which is %s".formatted(existing.name(), what),
          "name");
    }
  }
}
