package dev.usher.sidecar.cli.ctl.transfer;

import dev.usher.sidecar.cli.ctl.api.ApiClient;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.Assignment;
import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.config.ImportedDirector;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.config.text.JsonText;
import dev.usher.sidecar.director.endpoint.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts directors in force one after the other; those that are so already are left alone. One that
 * is refused does not stop the others, a sidecar that cannot be reached does. One use.
 */
public final class Import {
  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;

  private final ApiClient api;
  private final ImportReport report;
  private final boolean dryRun;
  private final boolean prune;

  /**
   * @param dryRun whether the sidecar only says what it would do
   * @param prune whether directors that are not imported are removed, those from the template
   *     excepted; only if nothing failed
   */
  public Import(ApiClient api, ImportReport report, boolean dryRun, boolean prune) {
    this.api = api;
    this.report = report;
    this.dryRun = dryRun;
    this.prune = prune;
  }

  public void run(List<ImportedDirector> directors) {
    List<String> names = directors.stream().map(ImportedDirector::name).toList();
    int put = 0;
    try {
      for (; put < directors.size(); put++) {
        put(directors.get(put));
      }
      if (prune) {
        prune(names);
      }
    } catch (CtlFailed e) {
      report.stopped(names.subList(put, names.size()), e.complaints());
    }
    report.end();
  }

  private void put(ImportedDirector director) throws CtlFailed {
    String name = director.name();
    String json = SpecWriter.directorText(director.spec());
    Reply before = send(ApiRequest.of("GET", resource(name) + "/config"));
    if (before instanceof Reply.Refused refused && !Names.isAbsent(before)) {
      report.failed(name, refused.complaints());
    } else if (before instanceof Reply.Done done && isJson(done, json) && isPlain(director)) {
      report.add(Outcome.UNCHANGED, name);
    } else {
      String target = resource(name) + query(director.endpoint());
      Reply after = send(dryRun ? tried(target, json) : put(target, json));
      if (after instanceof Reply.Done done) {
        report.add(dryRun ? outcome(name, done) : outcome(before, done), name);
      } else if (after instanceof Reply.Refused refused) {
        report.failed(name, refused.complaints());
      }
    }
  }

  /** Whether its configuration tells all of it: that says nothing of a Host and port. */
  private static boolean isPlain(ImportedDirector director) {
    return director.endpoint() == null;
  }

  private static String query(@Nullable Endpoint endpoint) {
    return endpoint == null
        ? ""
        : "?"
            + Assignment.form(
                List.of(
                    new Assignment("hostname", endpoint.host()),
                    new Assignment("port", Integer.toString(endpoint.port()))));
  }

  private static ApiRequest put(String target, String json) {
    return ApiRequest.of("PUT", target).withJson(json);
  }

  /** The same, of which only the outcome is told. */
  private static ApiRequest tried(String target, String json) {
    String change = "{\"method\":\"PUT\",\"path\":\"%s\",\"body\":%s}".formatted(target, json);
    return ApiRequest.of("POST", "/transaction?dry-run=true")
        .withJson("{\"changes\":[" + change + "]}");
  }

  private static Outcome outcome(String name, Reply.Done tried) {
    String result = new Tree(tried.json()).at("directors").at(name).text("result", "");
    return switch (result) {
      case "created" -> Outcome.CREATED;
      case "unchanged" -> Outcome.UNCHANGED;
      default -> Outcome.CHANGED;
    };
  }

  private static boolean isJson(Reply.Done done, String json) {
    return JsonText.read(json).filter(done.json()::equals).isPresent();
  }

  /** A sidecar of another version may find two texts equal that differ. */
  private static Outcome outcome(Reply before, Reply.Done after) {
    if (after.status() == CREATED) {
      return Outcome.CREATED;
    }
    boolean sameVersion =
        before instanceof Reply.Done done
            && !done.etag().isEmpty()
            && done.etag().equals(after.etag());
    return sameVersion ? Outcome.UNCHANGED : Outcome.CHANGED;
  }

  private void prune(List<String> wanted) throws CtlFailed {
    Set<String> known = new HashSet<>(wanted);
    boolean complete = report.isFine();
    Tree all = new Tree(send(ApiRequest.of("GET", Names.RESOURCE)).orFail().json());
    for (String name : Names.of(all)) {
      if (known.contains(name) || Names.isTemplated(all.at(name))) {
        continue;
      }
      if (!complete) {
        report.add(Outcome.KEPT, name);
      } else if (dryRun) {
        report.add(Outcome.REMOVED, name);
      } else {
        remove(name);
      }
    }
  }

  private void remove(String name) throws CtlFailed {
    Reply reply = send(ApiRequest.of("DELETE", resource(name)));
    if (reply instanceof Reply.Refused refused && !Names.isAbsent(reply)) {
      report.failed(name, refused.complaints());
    } else {
      report.add(Outcome.REMOVED, name);
    }
  }

  private static String resource(String director) {
    return new ObjectPath.OfDirector(director).resource();
  }

  /** Without the token nothing that follows would fare better. */
  private Reply send(ApiRequest request) throws CtlFailed {
    Reply reply = api.send(request);
    if (reply instanceof Reply.Refused refused && refused.status() == UNAUTHORIZED) {
      throw CtlFailed.of(refused.complaints());
    }
    return reply;
  }
}
