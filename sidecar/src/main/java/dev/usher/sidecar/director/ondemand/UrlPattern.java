package dev.usher.sidecar.director.ondemand;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.unit.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * A backend's URL in which <code>{host}</code> and <code>{port}</code> stand for those of a
 * request.
 *
 * @param text a URL once they are replaced
 */
public record UrlPattern(String text) {
  public static final String WANTED =
      Target.WANTED + "; {host} and {port} stand for those of the request";

  private static final String HOST = "{host}";
  private static final String PORT = "{port}";

  /** Its port has as many digits as a port can have. */
  private static final Endpoint SAMPLE = new Endpoint("host", Endpoint.PORT.max());

  public UrlPattern {
    if (Target.of(filled(text, SAMPLE)) == null) {
      throw InvalidValue.of("url", WANTED, text);
    }
  }

  /**
   * Reads {@code http://{host}.internal:{port}}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is no such URL
   */
  public static UrlPattern parse(String field, String text) {
    try {
      return new UrlPattern(text);
    } catch (InvalidValue e) {
      throw (InvalidValue) InvalidValue.of(field, WANTED, text).initCause(e);
    }
  }

  /** The URL for one host and port; null when none comes out, as of an address in a name. */
  @Nullable Target target(Endpoint endpoint) {
    return Target.of(filled(text, endpoint));
  }

  /** An IPv6 address in its brackets. */
  private static String filled(String text, Endpoint endpoint) {
    return text.replace(HOST, endpoint.uriHost()).replace(PORT, Integer.toString(endpoint.port()));
  }
}
