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
  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;

  private final AdminAddress address;

  Replies(AdminAddress address) {
    this.address = address;
  }

  Reply of(HttpResponse<String> response) throws CtlFailed {
    int status = response.statusCode();
    String body = response.body();
    boolean done = status / 100 == 2;
    boolean mayBeEmpty = !done || status == NO_CONTENT;
    Optional<Value> json =
        body.isEmpty() && mayBeEmpty ? Optional.of(NOTHING) : JsonText.read(body);
    if (done && json.filter(Mapping.class::isInstance).isPresent()) {
      String etag = response.headers().firstValue("ETag").orElse("");
      return new Reply.Done(status, etag, body, json.get());
    }
    List<String> complaints = json.map(Replies::complaints).orElse(List.of());
    if (complaints.isEmpty()) {
      String what = json.isEmpty() ? "no JSON" : done ? "no JSON object" : "no message";
      throw CtlFailed.stranger("%s answers %d with %s".formatted(address, status, what));
    }
    return new Reply.Refused(status, status == UNAUTHORIZED ? hinted(complaints) : complaints);
  }

  /** All problems or details, where the API tells more than one thing, else its message. */
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
    for (Tree detail : tree.items("details")) {
      complaints.add(detail.text("message", "?"));
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
