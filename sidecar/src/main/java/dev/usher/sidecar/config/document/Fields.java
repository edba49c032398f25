package dev.usher.sidecar.config.document;

import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Refused;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.unit.InvalidValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one map. Each accessor gives the value, or the fallback when the key is absent or was
 * found wrong; each key is complained of once. Asking for a key makes it known; {@link #end} then
 * complains of the others.
 */
public final class Fields {
  private final Faults faults;
  private final String path;
  private final Place place;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> refused = new HashSet<>();
  private boolean isMap = true;

  private Fields(Faults faults, String path, Place place) {
    this.faults = faults;
    this.path = path;
    this.place = place;
  }

  /** Reads a text as a T, or throws {@link InvalidValue} naming {@code field}. */
  @FunctionalInterface
  public interface Parser<T> {
    T parse(String field, String text);
  }

  /**
   * The keys of {@code value}; when it is no map that is a fault, and the result has no keys.
   *
   * @param path the key of the map itself, empty for the document
   * @param place the place of that key
   */
  public static Fields of(Value value, String path, Place place, Faults faults) {
    Fields fields = new Fields(faults, path, place);
    if (value instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> fields.entries.putIfAbsent(entry.key(), entry));
    } else {
      fields.isMap = false;
      if (!(value instanceof Refused)) {
        faults.add(Fault.of(place, path, "a map of keys and values", value.got()));
      }
    }
    return fields;
  }

  public Place place() {
    return place;
  }

  public String path() {
    return path;
  }

  public Faults faults() {
    return faults;
  }

  /** The full path of {@code key}. */
  public String path(String key) {
    return Keys.under(path, key);
  }

  /** Where {@code key} stands, or of the map when it is absent. */
  public Place place(String key) {
    Entry entry = entries.get(key);
    return entry == null ? place : entry.place();
  }

  public boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** The raw value; null when the key is absent or was refused. */
  public @Nullable Value value(String key) {
    known.add(key);
    Entry entry = entries.get(key);
    return entry == null || refused.contains(key) || entry.value() instanceof Refused
        ? null
        : entry.value();
  }

  /** Reads a text. */
  public <T> T parsed(String key, String wanted, T fallback, Parser<T> parser) {
    return read(key, wanted, Set.of(Kind.TEXT), fallback, parser);
  }

  /** Reads a scalar of one of {@code kinds}. */
  <T> T read(String key, String wanted, Set<Kind> kinds, T fallback, Parser<T> parser) {
    Value value = value(key);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Scalar scalar && kinds.contains(scalar.kind()))) {
      refuse(key, wanted, value.got());
      return fallback;
    }
    try {
      return parser.parse(key, scalar.text());
    } catch (InvalidValue e) {
      refuse(key, e);
      return fallback;
    }
  }

  /** The keys of the map under {@code key}; none when it is absent or no map. */
  public Fields section(String key) {
    Value value = value(key);
    Mapping none = new Mapping(place, List.of());
    return of(value == null ? none : value, path(key), place(key), faults);
  }

  /** Complains when {@code key} is absent. */
  public void require(String key, String wanted) {
    if (!has(key) && isMap && refused.add(key)) {
      faults.add(Fault.of(place, path(key), wanted, "nothing"));
    }
  }

  /** Complains of a key, unless that was done before; its accessors give the fallback now. */
  public void refuse(String key, String wanted, String got) {
    refuse(key, wanted, got, false);
  }

  /** The same for a value that is right alone and impossible with what stands around it. */
  public void refuseHere(String key, String wanted, String got) {
    refuse(key, wanted, got, true);
  }

  private void refuse(String key, InvalidValue e) {
    refuse(key, e.wanted(), Printable.of(e.got()), e.impossibleHere());
  }

  private void refuse(String key, String wanted, String got, boolean impossibleHere) {
    if (refused.add(key)) {
      faults.add(new Fault(place(key), path(key), wanted, got, impossibleHere));
    }
  }

  /**
   * Builds a record that checks itself. The supplier reads its arguments from these fields: when
   * the record refuses one that is written here, that one is complained of and replaced by its
   * fallback, and the supplier runs again, until the record has complained of all.
   *
   * @param spare the result when the record refuses what is not written here
   */
  public <T> T build(T spare, Supplier<T> constructor) {
    while (true) {
      try {
        return constructor.get();
      } catch (InvalidValue e) {
        if (!entries.containsKey(e.field()) || refused.contains(e.field())) {
          add(e, place);
          return spare;
        }
        refuse(e.field(), e.wanted(), written(e), e.impossibleHere());
      }
    }
  }

  /**
   * Builds a record from what was read before: what it refuses is complained of once, where its
   * first key stands.
   *
   * @param spare the result when the record refuses
   */
  public <T> T check(T spare, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (InvalidValue e) {
      add(e, place(e.field().split("\\.", 2)[0]));
      return spare;
    }
  }

  private void add(InvalidValue e, Place where) {
    boolean itself = e.field().equals("name") && !path.isEmpty();
    String key = itself ? path : path(e.field());
    faults.add(new Fault(where, key, e.wanted(), Printable.of(e.got()), e.impossibleHere()));
  }

  /** What the record refused as it is written, not as the record would write it. */
  private String written(InvalidValue e) {
    Entry entry = entries.get(e.field());
    return entry != null && entry.value() instanceof Scalar scalar
        ? scalar.got()
        : Printable.of(e.got());
  }

  /** Complains of every key that nobody asked for. */
  public void end() {
    for (Entry entry : entries.values()) {
      if (!known.contains(entry.key())) {
        String wanted =
            faults.isWorthExplaining()
                ? Suggestion.wantedKey(entry.key(), known)
                : Suggestion.ANY_KEY;
        String got = Printable.quoted(entry.key());
        faults.add(Fault.of(entry.place(), path(entry.key()), wanted, got));
      }
    }
  }
}
