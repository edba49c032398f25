package dev.usher.sidecar.cli.ctl.api;

import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Printable;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.text.JsonText;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what came back. The other side may be anything, if the address is wrong. */
final class Replies {
  private static final Value NOTHING = new Mapping(Place.UNKNOWN, List.of());
  private static final int LONGEST = 2_000;
  private static final int UNAUTHORIZED = 401;

  private final AdminAddress address;

  Replies(AdminAddress address) {
    this.address = address;
  }

  Reply of(HttpResponse<String> response) throws CtlFailed {
    int status = response.statusCode();
    String body = response.body();
    Optional<Value> json = body.isEmpty() ? Optional.of(NOTHING) : JsonText.read(body);
    if (json.isPresent() && status / 100 == 2) {
      String etag = response.headers().firstValue("ETag").orElse("");
      return new Reply.Done(status, etag, body, json.get());
    }
    List<String> complaints = json.map(Replies::complaints).orElse(List.of());
    if (complaints.isEmpty()) {
      String what = json.isPresent() ? "no message" : "no JSON";
      throw new CtlFailed(
          "%s answers %d with %s: is it the admin API?".formatted(address, status, what), null);
    }
    return new Reply.Refused(status, status == UNAUTHORIZED ? hinted(complaints) : complaints);
  }

  /** All problems, where the API tells more than one, else its message. */
  private static List<String> complaints(Value error) {
    Tree tree = new Tree(error);
    List<String> complaints = new ArrayList<>();
    for (Tree problem : tree.items("problems")) {
      complaints.add(
          "%s: want %s, got %s"
              .formatted(
                  problem.text("field", "?"),
                  problem.text("wanted", "?"),
                  problem.text("got", "?")));
    }
    if (complaints.isEmpty() && tree.has("message")) {
      complaints.add(tree.text("message", ""));
    }
    return complaints.stream().map(line -> Printable.of(line, LONGEST)).toList();
  }

  private static List<String> hinted(List<String> complaints) {
    List<String> more = new ArrayList<>(complaints);
    more.add("--token-file FILE brings the token");
    return more;
  }
}
