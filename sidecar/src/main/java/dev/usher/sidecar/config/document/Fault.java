package dev.usher.sidecar.config.document;

/**
 * Something wrong in a document.
 *
 * @param key full path such as {@code directors.app.queue-limit}; empty for the document itself
 * @param got as a message says it: in quotes when it was written so
 * @param impossibleHere right alone and impossible with what stands around it
 */
public record Fault(Place place, String key, String wanted, String got, boolean impossibleHere) {

  /** Wrong whatever stands around it. */
  public static Fault of(Place place, String key, String wanted, String got) {
    return new Fault(place, key, wanted, got, false);
  }

  /** Right alone and impossible with what stands around it. */
  public static Fault impossible(Place place, String key, String wanted, String got) {
    return new Fault(place, key, wanted, got, true);
  }
}
