package dev.usher.sidecar.cli.ctl.api;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.config.document.Suggestion;
import dev.usher.unit.InvalidValue;
import java.util.List;

/** What a command speaks of: {@code app}, {@code app/backends/app01}, {@code app/buckets/vip}. */
public sealed interface ObjectPath {
  /** What {@link #parse} wants, for messages. */
  String WANTED = "DIRECTOR, DIRECTOR/backends/NAME or DIRECTOR/buckets/NAME";

  String BACKENDS = "backends";
  String BUCKETS = "buckets";

  /** The name of the director that it is or belongs to. */
  String director();

  /** As the user writes it. */
  String text();

  /** The path of its resource in the API; names need no encoding. */
  default String resource() {
    return "/director/" + text();
  }

  /** A director. */
  record OfDirector(String director) implements ObjectPath {
    @Override
    public String text() {
      return director;
    }
  }

  /** All backends of a director. */
  record OfBackends(String director) implements ObjectPath {
    @Override
    public String text() {
      return director + "/" + BACKENDS;
    }
  }

  /** A backend. */
  record OfBackend(String director, String backend) implements ObjectPath {
    @Override
    public String text() {
      return director + "/" + BACKENDS + "/" + backend;
    }
  }

  /** All buckets of a director. */
  record OfBuckets(String director) implements ObjectPath {
    @Override
    public String text() {
      return director + "/" + BUCKETS;
    }
  }

  /** A bucket, wherever it is in the tree. */
  record OfBucket(String director, String bucket) implements ObjectPath {
    @Override
    public String text() {
      return director + "/" + BUCKETS + "/" + bucket;
    }
  }

  /**
   * Reads a path.
   *
   * @throws InvalidValue if {@code text} is none
   */
  static ObjectPath parse(String text) {
    String[] steps = text.split("/", -1);
    if (steps.length > 3) {
      throw InvalidValue.of("PATH", WANTED, text);
    }
    String director = name(text, steps[0]);
    if (steps.length == 1) {
      return new OfDirector(director);
    }
    boolean all = steps.length == 2;
    return switch (steps[1]) {
      case BACKENDS ->
          all ? new OfBackends(director) : new OfBackend(director, name(text, steps[2]));
      case BUCKETS -> all ? new OfBuckets(director) : new OfBucket(director, name(text, steps[2]));
      default -> {
        String wanted = Suggestion.wanted(steps[1], List.of(BACKENDS, BUCKETS));
        throw InvalidValue.of("PATH", wanted + " behind '" + director + "/'", text);
      }
    };
  }

  private static String name(String whole, String step) {
    if (!BucketName.isValid(step)) {
      throw InvalidValue.of("PATH", WANTED + ", each name of " + BucketName.WANTED, whole);
    }
    return step;
  }
}
