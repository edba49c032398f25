package dev.usher.sidecar.store;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.store.file.FileChanged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what directors remember, of those that have done something since they were last written.
 * Losing the last second of it does no harm, so nobody waits. [p]
 */
final class Memories {
  private static final Logger LOG = LoggerFactory.getLogger(Memories.class);

  /** Most directors at a time, so that a change never waits long for the store. */
  private static final int MOST_AT_A_TIME = 500;

  private final Records records;

  /** What {@link Director#activity} said when a director was last written, by name. */
  private final Map<String, Long> written = new HashMap<>();

  /** Who was written last; who comes after it by name is next. */
  private String last = "";

  private boolean failing;

  Memories(Records records) {
    this.records = records;
  }

  /** What was read at start is written. */
  void known(Set<String> names) {
    names.forEach(name -> written.put(name, Long.MIN_VALUE));
  }

  /** Writes all that have changed, however long that takes. */
  void writeAll(List<Director> directors) {
    int left = directors.size();
    while (left > 0 && write(directors)) {
      left -= MOST_AT_A_TIME;
    }
  }

  /**
   * Writes some of those that have changed; when there are many, each has its turn.
   *
   * @param directors all, by name
   * @return whether there may be more that can be written now
   */
  boolean write(List<Director> directors) {
    Map<String, byte @Nullable []> changes = new HashMap<>();
    Map<String, Long> activities = new HashMap<>();
    for (Director director : inTurn(directors)) {
      long activity = director.activity();
      Long before = written.get(director.name());
      if (changes.size() < MOST_AT_A_TIME && (before == null || before != activity)) {
        changes.put(director.name(), MemoryCodec.encode(director.memory()));
        activities.put(director.name(), activity);
        last = director.name();
      }
    }
    boolean full = changes.size() == MOST_AT_A_TIME;
    gone(directors).forEach(name -> changes.put(name, null));
    if (changes.isEmpty() || !write(changes)) {
      return false;
    }
    written.keySet().removeIf(changes::containsKey);
    written.putAll(activities);
    return full;
  }

  /** Those behind the last one first. */
  private List<Director> inTurn(List<Director> directors) {
    int next = 0;
    while (next < directors.size() && directors.get(next).name().compareTo(last) <= 0) {
      next++;
    }
    List<Director> turned = new ArrayList<>(directors.subList(next, directors.size()));
    turned.addAll(directors.subList(0, next));
    return turned;
  }

  private Set<String> gone(List<Director> directors) {
    Set<String> names = new HashSet<>(written.keySet());
    directors.forEach(director -> names.remove(director.name()));
    return names;
  }

  private boolean write(Map<String, byte @Nullable []> changes) {
    try {
      for (Map.Entry<String, byte @Nullable []> change : changes.entrySet()) {
        Map<String, byte @Nullable []> one = new HashMap<>();
        one.put(change.getKey(), change.getValue());
        records.write(one);
      }
      records.force();
      failing = false;
      return true;
    } catch (FileChanged e) {
      renew(e);
      return false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        Complaint.log(LOG, "counters and histories cannot be kept; traffic goes on", e);
      }
      failing = true;
      return false;
    }
  }

  /** All are written again next time. */
  private void renew(FileChanged cause) {
    LOG.error("{}; it is made anew", cause.getMessage());
    try {
      records.renew(Map.of());
      written.clear();
    } catch (IOException e) {
      Complaint.log(LOG, "counters and histories cannot be kept; traffic goes on", e);
    }
  }
}
