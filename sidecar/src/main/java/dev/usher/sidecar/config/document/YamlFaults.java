package dev.usher.sidecar.config.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** What the YAML parser says, as faults. */
final class YamlFaults {
  private static final int LONGEST_LINE = 65_536;

  private YamlFaults() {}

  static Fault of(YAMLException e, String text) {
    if (e instanceof MarkedYAMLException marked) {
      return Fault.of(place(marked.getProblemMark()), "", "valid YAML", complaint(marked));
    }
    if (e instanceof ReaderException reader) {
      String got = "the character U+%04X".formatted(reader.getCodePoint());
      Place place = placeAt(text, reader.getPosition());
      return Fault.of(place, "", "text in printable characters", got);
    }
    String got = Printable.of(String.valueOf(e.getMessage()));
    return Fault.of(Place.UNKNOWN, "", "valid YAML", got);
  }

  /** The scanner's time grows with the square of a line's length. */
  static Optional<Fault> longLine(String text) {
    int line = 1;
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '\n') {
        line++;
        start = at + 1;
      } else if (at - start >= LONGEST_LINE) {
        String wanted = "lines of at most " + LONGEST_LINE + " characters";
        return Optional.of(Fault.of(new Place(line, 0), "", wanted, "a longer one"));
      }
    }
    return Optional.empty();
  }

  private static String complaint(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "" : ": " + e.getProblem();
    Mark begun = e.getContextMark();
    if (e.getContext() == null || begun == null) {
      return Printable.of("an error" + problem);
    }
    String where = begun.getLine() + 1 == place(e.getProblemMark()).line() ? "" : in(begun);
    return Printable.of("an error " + e.getContext() + where + problem);
  }

  private static String in(Mark mark) {
    return " of line " + (mark.getLine() + 1);
  }

  static Place place(@Nullable Mark mark) {
    return mark == null ? Place.UNKNOWN : new Place(mark.getLine() + 1, mark.getColumn());
  }

  private static Place placeAt(String text, int position) {
    int end = text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length())));
    return new Place(1 + (int) text.chars().limit(end).filter(c -> c == '\n').count(), 0);
  }
}
