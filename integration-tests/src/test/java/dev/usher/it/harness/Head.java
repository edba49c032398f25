package dev.usher.it.harness;

import java.util.ArrayList;
import java.util.List;

/** The start line and the fields of a message, as they came. */
public record Head(String startLine, List<Field> fields) {

  /** One field line. */
  public record Field(String name, String value) {}

  public Head {
    fields = List.copyOf(fields);
  }

  static Head parse(List<String> lines) {
    List<Field> fields = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IllegalStateException("a field line without a colon: " + line);
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new Head(lines.get(0), fields);
  }

  /** The n-th word of the start line. */
  public String word(int n) {
    return List.of(startLine.split(" ", 3)).get(n);
  }

  /** The values of all fields of that name, in order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** The values of all fields of that name joined by comma; empty when there is none. */
  public String get(String name) {
    return String.join(", ", all(name));
  }

  public boolean has(String name) {
    return !all(name).isEmpty();
  }
}
