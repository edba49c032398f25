package dev.usher.sidecar.config.text;

import dev.usher.sidecar.config.document.Printable;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Refused;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/**
 * Values as YAML, the way people write the configuration: one key a line, short maps and lists of
 * scalars in braces and brackets. Text that some YAML parser could take for a number, a boolean or
 * nothing is in quotes. Neither anchors nor tags. One thread.
 */
public final class YamlText {
  /** Longer maps of scalars are written one key a line. */
  private static final int WIDEST = 88;

  private final Resolver resolver = new Resolver();

  private YamlText() {}

  /** The document, which ends with a line feed. */
  public static String write(Value value) {
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    StringWriter out = new StringWriter();
    YamlText text = new YamlText();
    Serializer serializer = new Serializer(new Emitter(out, options), text.resolver, options, null);
    try {
      serializer.open();
      serializer.serialize(text.node(value));
      serializer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    return out.toString();
  }

  private Node node(Value value) {
    if (value instanceof Mapping mapping) {
      List<NodeTuple> members = new ArrayList<>();
      for (Entry entry : mapping.entries()) {
        members.add(new NodeTuple(text(entry.key()), node(entry.value())));
      }
      List<Value> values = mapping.entries().stream().map(Entry::value).toList();
      int keys = mapping.entries().stream().mapToInt(entry -> entry.key().length() + 2).sum();
      return new MappingNode(Tag.MAP, members, style(values, keys));
    }
    if (value instanceof Sequence sequence) {
      List<Node> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(node(item)));
      return new SequenceNode(Tag.SEQ, items, style(sequence.items(), 0));
    }
    return scalar(value);
  }

  private ScalarNode scalar(Value value) {
    if (value instanceof Refused || !(value instanceof Scalar scalar)) {
      throw new IllegalArgumentException("cannot be written: " + value.got());
    }
    if (scalar.kind() == Kind.TEXT) {
      return text(scalar.text());
    }
    String plain = scalar.kind() == Kind.NOTHING ? "null" : scalar.text();
    return scalar(resolver.resolve(NodeId.scalar, plain, true), plain, ScalarStyle.PLAIN);
  }

  /** What cannot be seen is escaped, which only double quotes can. */
  private static ScalarNode text(String text) {
    boolean seen = Printable.of(text, text.length()).equals(text);
    return scalar(Tag.STR, text, seen ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }

  private static ScalarNode scalar(Tag tag, String text, ScalarStyle style) {
    return new ScalarNode(tag, text, null, null, style);
  }

  private static FlowStyle style(Collection<Value> members, int keyWidth) {
    int width = keyWidth;
    for (Value member : members) {
      if (!(member instanceof Scalar scalar)) {
        return FlowStyle.BLOCK;
      }
      width += scalar.text().length() + 2;
    }
    return width <= WIDEST ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }
}
