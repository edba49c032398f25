package dev.usher.sidecar.config.document;

import java.util.Comparator;

/**
 * Where something stands in a document.
 *
 * @param line from 1; 0 is unknown
 * @param rank grows within the line
 */
public record Place(int line, int rank) implements Comparable<Place> {
  public static final Place UNKNOWN = new Place(0, 0);

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::line).thenComparingInt(Place::rank);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
