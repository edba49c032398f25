package dev.usher.sidecar.store;

import dev.usher.sidecar.director.Keeper.Entry;
import dev.usher.sidecar.director.Keeper.Kept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes definitions: those that wait together are forced to the disk together. What was written
 * and could not be forced is not kept: until what was kept before is back in its place, that is
 * tried again. [p]
 */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Records records;

  /** Values to be put back, by key; null for none. */
  private final Map<String, byte @Nullable []> repairs = new HashMap<>();

  private volatile StoreStatus status = new StoreStatus(0, 0, null);

  Journal(Records records) {
    this.records = records;
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
  StoreStatus status() {
    return status;
  }

  /** Keeps what is asked for and answers everybody. */
  void keep(List<Request> requests) {
    List<Request> written = new ArrayList<>();
    for (Request request : requests) {
      try {
        write(encode(request.entries));
        written.add(request);
      } catch (IOException | RuntimeException e) {
        fail(request, e);
      }
    }
    if (!written.isEmpty()) {
      force(written);
    }
  }

  /** Brings back what was kept before, if something stands in its place, and tries the disk. */
  void repair() {
    if (status.isWell() && repairs.isEmpty()) {
      return;
    }
    try {
      if (!repairs.isEmpty()) {
        records.write(repairs);
      }
      records.force();
      repairs.clear();
      succeeded(0);
    } catch (IOException | RuntimeException e) {
      failed(0, e);
    }
  }

  private void write(Map<String, byte @Nullable []> changes) throws IOException {
    Map<String, byte @Nullable []> before = new HashMap<>();
    changes.keySet().forEach(key -> before.put(key, records.get(key)));
    records.write(changes);
    before.forEach(
        (key, value) -> {
          if (!repairs.containsKey(key)) {
            repairs.put(key, value);
          }
        });
  }

  private void force(List<Request> written) {
    try {
      records.force();
      written.forEach(request -> request.entries.forEach(entry -> repairs.remove(key(entry))));
      succeeded(written.size());
      written.forEach(request -> request.answer.complete(new Kept.Done()));
    } catch (IOException | RuntimeException e) {
      written.forEach(request -> fail(request, e));
    }
  }

  private void fail(Request request, Exception cause) {
    failed(1, cause);
    request.answer.complete(new Kept.Failed(message(cause)));
  }

  private void succeeded(int requests) {
    if (!status.isWell()) {
      LOG.info("the store can be written again");
    }
    status = new StoreStatus(status.kept() + requests, status.failed(), null);
  }

  private void failed(int requests, Exception cause) {
    if (status.isWell()) {
      LOG.error("the store cannot be written; changes are refused, traffic goes on", cause);
    }
    status = new StoreStatus(status.kept(), status.failed() + requests, message(cause));
  }

  private static String message(Exception cause) {
    String message = cause.getMessage();
    return "the store cannot be written: " + (message == null ? cause.toString() : message);
  }

  private static Map<String, byte @Nullable []> encode(List<Entry> entries) {
    Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
    entries.forEach(entry -> changes.put(key(entry), encode(entry)));
    return changes;
  }

  private static byte @Nullable [] encode(Entry entry) {
    if (entry instanceof Entry.Put put) {
      return DefinitionCodec.encode(put.definition());
    }
    Entry.Removed removed = (Entry.Removed) entry;
    return removed.written() == null ? null : DefinitionCodec.encodeRemoved(removed.written());
  }

  private static String key(Entry entry) {
    return entry instanceof Entry.Put put
        ? put.definition().name()
        : ((Entry.Removed) entry).director();
  }
}
