package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code listeners}; remembers all addresses, so that no two collide. */
final class ListenerReader {
  private static final ListenAddress DEFAULT = new ListenAddress("127.0.0.1", 7070);

  private final Map<String, ListenAddress> taken = new LinkedHashMap<>();

  List<ListenAddress> listeners(Fields top) {
    List<ListenAddress> read = Items.maps(top, "listeners", List.of(DEFAULT), this::listener);
    if (!top.has("listeners")) {
      taken.put("listeners", DEFAULT);
    }
    if (read.isEmpty()) {
      top.refuse("listeners", "at least one listener", "none");
    }
    return new ArrayList<>(read);
  }

  private ListenAddress listener(Fields fields) {
    fields.require("port", ListenAddress.PORT.wanted());
    ListenAddress read = address(fields, new ListenAddress(DEFAULT.address(), 0));
    fields.end();
    return read;
  }

  /** The {@code address} and {@code port} of these fields, absent ones from {@code fallback}. */
  ListenAddress address(Fields fields, ListenAddress fallback) {
    ListenAddress read =
        fields.build(
            fallback,
            () ->
                new ListenAddress(
                    Scalars.text(fields, "address", ListenAddress.WANTED, fallback.address()),
                    Scalars.integer(fields, "port", ListenAddress.PORT, fallback.port())));
    checkFree(fields, read);
    return read;
  }

  private void checkFree(Fields fields, ListenAddress address) {
    taken.entrySet().stream()
        .filter(other -> other.getValue().collidesWith(address))
        .findFirst()
        .ifPresent(
            other -> {
              String wanted = "an address and port of its own, not those of " + other.getKey();
              String got = "'" + address + "'";
              fields.refuseHere("port", wanted, got);
            });
    taken.putIfAbsent(fields.path(), address);
  }
}
