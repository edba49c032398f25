package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fields;
import org.jspecify.annotations.Nullable;

/** Reads {@code admin}. A relative token file is looked for from the working directory. */
final class AdminReader {
  private static final ListenAddress DEFAULT = new ListenAddress("127.0.0.1", 7071);
  private static final AdminToken SPARE = new AdminToken("spare");

  private AdminReader() {}

  record Admin(ListenAddress address, @Nullable AdminToken token) {}

  static Admin read(Fields top, ListenerReader listeners) {
    Fields fields = top.section("admin");
    ListenAddress address = listeners.address(fields, DEFAULT);
    AdminToken token =
        fields.parsed("token-file", AdminToken.WANTED_FILE, SPARE, AdminToken::ofFile);
    if (!address.isLoopback() && !fields.has("token-file")) {
      String wanted = "a loopback address, or a token-file beside it";
      String got = "'" + address.address() + "'";
      fields.refuseHere("address", wanted, got);
    }
    fields.end();
    return new Admin(address, fields.has("token-file") ? token : null);
  }
}
