package dev.usher.sidecar.config.document;

import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Refused;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML from the parser's events, without its resolver: a scalar is the text that is written,
 * so {@code no} is no boolean and {@code 010} no octal. Anchors, aliases and tags are refused, so
 * there are no alias bombs; nesting ends at {@link #MAX_DEPTH}.
 */
public final class YamlDocument {
  static final int MAX_DEPTH = 64;

  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  private final ParserImpl parser;
  private final Faults faults;

  private YamlDocument(ParserImpl parser, Faults faults) {
    this.parser = parser;
    this.faults = faults;
  }

  /** The document's value, or empty when {@code faults} say why it cannot be read. */
  public static Optional<Value> parse(String text, Faults faults) {
    Optional<Fault> longLine = YamlFaults.longLine(text);
    if (longLine.isPresent()) {
      faults.add(longLine.get());
      return Optional.empty();
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    try {
      ParserImpl parser = new ParserImpl(new StreamReader(text), options);
      return new YamlDocument(parser, faults).document();
    } catch (YAMLException e) {
      faults.add(YamlFaults.of(e, text));
    } catch (TooDeep e) {
      String wanted = "at most " + MAX_DEPTH + " levels of maps and lists";
      faults.add(Fault.of(e.place, "", wanted, "more"));
    }
    return Optional.empty();
  }

  private static Place place(Event event) {
    return YamlFaults.place(event.getStartMark());
  }

  private Optional<Value> document() throws TooDeep {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return Optional.of(new Scalar(new Place(1, 0), Kind.NOTHING, ""));
    }
    parser.getEvent();
    Value root = value(parser.getEvent(), "", 0);
    parser.getEvent();
    Event next = parser.getEvent();
    if (!next.is(Event.ID.StreamEnd)) {
      faults.add(Fault.of(place(next), "", "one YAML document", "a second one"));
    }
    return Optional.of(root);
  }

  private Value value(Event event, String path, int depth) throws TooDeep {
    if (depth > MAX_DEPTH) {
      throw new TooDeep(place(event));
    }
    if (event instanceof AliasEvent alias) {
      return refuse(alias, path, "the value itself (aliases are not supported)", "*");
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      refuse(node, path, "a value without an anchor (anchors are not supported)", "&");
    }
    if (tag(event) != null) {
      String wanted = "a value without a tag (tags are not supported)";
      faults.add(Fault.of(place(event), path, wanted, Printable.quoted("" + tag(event))));
    }
    if (event instanceof MappingStartEvent) {
      return mapping(event, path, depth);
    }
    return event instanceof SequenceStartEvent ? sequence(event, path, depth) : scalar(event);
  }

  private Value refuse(NodeEvent event, String path, String wanted, String sign) {
    String got = Printable.quoted(sign + event.getAnchor());
    faults.add(Fault.of(place(event), path, wanted, got));
    return new Refused(place(event));
  }

  private static @Nullable String tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
  }

  private static Value scalar(Event event) {
    ScalarEvent scalar = (ScalarEvent) event;
    boolean nothing = scalar.isPlain() && NOTHING.contains(scalar.getValue());
    return new Scalar(place(event), nothing ? Kind.NOTHING : Kind.TEXT, scalar.getValue());
  }

  private Value sequence(Event start, String path, int depth) throws TooDeep {
    List<Value> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(value(parser.getEvent(), Keys.item(path, items.size()), depth + 1));
    }
    parser.getEvent();
    return new Sequence(place(start), items);
  }

  private Value mapping(Event start, String path, int depth) throws TooDeep {
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event first = parser.getEvent();
      Value key = value(first, path, depth + 1);
      String name = key instanceof Scalar scalar ? scalar.text() : "?";
      Value value = value(parser.getEvent(), Keys.under(path, name), depth + 1);
      if (key instanceof Scalar) {
        checkOnce(lines, name, path, place(first));
        entries.add(new Entry(name, place(first), value));
      } else if (!(key instanceof Refused)) {
        faults.add(Fault.of(place(first), path, "text as a key", key.got()));
      }
    }
    parser.getEvent();
    return new Mapping(place(start), entries);
  }

  private void checkOnce(Map<String, Integer> lines, String name, String path, Place place) {
    Integer before = lines.putIfAbsent(name, place.line());
    if (before != null) {
      String got = Printable.quoted(name) + " again (first in line " + before + ")";
      faults.add(Fault.of(place, Keys.under(path, name), "a key once", got));
    }
  }

  private static final class TooDeep extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Place place;

    private TooDeep(Place place) {
      super("too deep in line " + place.line());
      this.place = place;
    }
  }
}
