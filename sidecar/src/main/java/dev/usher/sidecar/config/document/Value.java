package dev.usher.sidecar.config.document;

import java.util.List;

/** A value of a YAML or JSON document. */
public sealed interface Value {
  Place place();

  /** What a message says it got. */
  String got();

  /** Keys and values as they are written, repeated keys included. */
  record Mapping(Place place, List<Entry> entries) implements Value {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String got() {
      return "a map";
    }
  }

  /**
   * A key and its value.
   *
   * @param place the key's
   */
  record Entry(String key, Place place, Value value) {}

  /** Values in their order. */
  record Sequence(Place place, List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String got() {
      return "a list";
    }
  }

  /** Text, and whether it may be taken for something else. */
  record Scalar(Place place, Kind kind, String text) implements Value {
    @Override
    public String got() {
      return kind == Kind.NOTHING ? "nothing" : Printable.quoted(text);
    }
  }

  /** Something that was refused already: readers pass over it without a further fault. */
  record Refused(Place place) implements Value {
    @Override
    public String got() {
      return "nothing usable";
    }
  }

  /** What a scalar was written as. */
  enum Kind {
    /** Text in quotes, or a YAML scalar without. */
    TEXT,
    /** A JSON number. */
    NUMBER,
    /** A JSON true or false. */
    BOOLEAN,
    /** null, or nothing at all. */
    NOTHING
  }
}
