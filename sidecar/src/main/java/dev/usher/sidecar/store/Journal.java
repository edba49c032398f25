package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper.Entry;
import dev.usher.sidecar.director.change.Keeper.Kept;
import dev.usher.sidecar.director.change.Keeper.Status;
import dev.usher.sidecar.store.file.FileChanged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes definitions: those that wait together are forced to the disk together. What was refused
 * may have been written all the same; until what is in force is there again, that is tried again.
 * [p]
 */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Records records;

  /** Directors of which the file may hold what was refused, by name. */
  private final Set<String> suspects = new HashSet<>();

  /** What was kept, by name: what the file holds, but for the suspects. */
  private final Map<String, Entry> kept;

  private volatile Status status = Status.WELL;

  /**
   * @param kept what is in {@code records}, by name
   */
  Journal(Records records, Map<String, Entry> kept) {
    this.records = records;
    this.kept = new HashMap<>(kept);
  }

  /** Entries to keep and who waits for that. */
  static final class Request {
    final List<Entry> entries;
    final CompletableFuture<Kept> answer = new CompletableFuture<>();

    Request(List<Entry> entries) {
      this.entries = List.copyOf(entries);
    }
  }

  /** [any] */
  Status status() {
    return status;
  }

  /** Keeps what is asked for and answers everybody, whatever happens. */
  void keep(List<Request> requests) {
    List<Request> written = new ArrayList<>();
    for (Request request : requests) {
      try {
        records.write(encode(request.entries));
        request.entries.forEach(entry -> suspects.remove(name(entry)));
        written.add(request);
      } catch (IOException | RuntimeException | Error e) {
        fail(request, e);
      }
    }
    if (!written.isEmpty()) {
      force(written);
    }
  }

  /**
   * Writes what is in force where something else may stand, and finds out whether the disk is well.
   *
   * @param inForce the director of a name, if there is one
   */
  void repair(Function<String, @Nullable Definition> inForce) {
    if (status.isWell() && suspects.isEmpty() && records.isInPlace()) {
      return;
    }
    List<Entry> entries = new ArrayList<>();
    for (String name : suspects) {
      Definition definition = inForce.apply(name);
      entries.add(definition == null ? removed(name) : new Entry.Put(definition));
    }
    try {
      rewrite(entries);
      entries.forEach(this::kept);
      suspects.clear();
      succeeded(0);
    } catch (IOException | RuntimeException | Error e) {
      failed(0, e);
    }
  }

  private void rewrite(List<Entry> entries) throws IOException {
    try {
      records.write(encode(entries));
      records.force();
    } catch (FileChanged e) {
      LOG.error("{}; it is made anew of what was kept", e.getMessage());
      Map<String, byte[]> all = new HashMap<>();
      List<Entry> whole = new ArrayList<>(kept.values());
      whole.addAll(entries);
      for (Entry entry : whole) {
        byte[] value = encode(entry);
        if (value == null) {
          all.remove(name(entry));
        } else {
          all.put(name(entry), value);
        }
      }
      records.renew(all);
    }
  }

  private Entry removed(String name) {
    return kept.get(name) instanceof Entry.Removed removed
        ? removed
        : new Entry.Removed(name, null);
  }

  /** Something else has found that the files cannot be written. */
  void cannotBeWritten(IOException cause) {
    failed(0, cause);
  }

  private void force(List<Request> written) {
    try {
      records.force();
    } catch (IOException | RuntimeException | Error e) {
      written.forEach(request -> fail(request, e));
      return;
    }
    written.forEach(request -> request.entries.forEach(this::kept));
    succeeded(written.size());
    written.forEach(request -> request.answer.complete(new Kept.Done()));
  }

  private void kept(Entry entry) {
    if (entry instanceof Entry.Removed gone && gone.written() == null) {
      kept.remove(gone.director());
    } else {
      kept.put(name(entry), entry);
    }
  }

  private void fail(Request request, Throwable cause) {
    request.entries.forEach(entry -> suspects.add(name(entry)));
    failed(1, cause);
    request.answer.complete(new Kept.Failed(message(cause)));
  }

  private void succeeded(int requests) {
    if (!status.isWell()) {
      LOG.info("the store can be written again");
    }
    status = new Status(status.kept() + requests, status.failed(), null);
  }

  private void failed(int requests, Throwable cause) {
    if (status.isWell()) {
      Complaint.log(
          LOG, "the store cannot be written; changes are refused, traffic goes on", cause);
    }
    status = new Status(status.kept(), status.failed() + requests, message(cause));
  }

  private static String message(Throwable cause) {
    return "the store cannot be written: " + Complaint.reason(cause);
  }

  private static Map<String, byte @Nullable []> encode(List<Entry> entries) {
    Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
    entries.forEach(entry -> changes.put(name(entry), encode(entry)));
    return changes;
  }

  private static byte @Nullable [] encode(Entry entry) {
    if (entry instanceof Entry.Put put) {
      return DefinitionCodec.encode(put.definition());
    }
    Entry.Removed removed = (Entry.Removed) entry;
    return removed.written() == null ? null : DefinitionCodec.encodeRemoved(removed.written());
  }

  private static String name(Entry entry) {
    return entry instanceof Entry.Put put
        ? put.definition().name()
        : ((Entry.Removed) entry).director();
  }
}
