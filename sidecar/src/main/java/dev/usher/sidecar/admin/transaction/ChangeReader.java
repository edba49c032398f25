package dev.usher.sidecar.admin.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.amend.Amendments;
import dev.usher.sidecar.admin.transaction.Written.Misread;
import dev.usher.sidecar.admin.transaction.Written.Understood;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Fields;
import dev.usher.sidecar.admin.web.Preconditions;
import dev.usher.unit.InvalidValue;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a change: {@code {"method": "POST", "path": "/director/app", "body": {...}, "if-match":
 * "\"3\""}}, which means what the request of that method, path and body means.
 */
final class ChangeReader {
  private static final String BODY = "body";

  private ChangeReader() {}

  static Written read(JsonNode change) {
    String director = null;
    boolean needsDirector = false;
    try {
      if (!(change instanceof ObjectNode object)) {
        throw ApiError.badValue("changes", "objects with method and path", change.toString());
      }
      ObjectNode body = body(object.remove(BODY));
      Call item = new Call(List.of(), object, Preconditions.NONE);
      String target = required(item, "path", "a path such as /director/app/backends/app01");
      int query = target.indexOf('?');
      Amendments.Place place = Amendments.at(query < 0 ? target : target.substring(0, query));
      director = place.director();
      String method = required(item, "method", "PUT, POST, DELETE, LOCK or UNLOCK");
      Preconditions preconditions =
          Preconditions.parse(list(item.take("if-match")), list(item.take("if-none-match")));
      item.wantNoMore();
      ObjectNode fields =
          query < 0 ? body : Fields.union(body, Fields.form(target.substring(query + 1)));
      Call call = new Call(place.names(), fields, preconditions);
      Function<Call, Amendment> amendment = place.change(method);
      needsDirector = !place.creates(method);
      return new Understood(director, amendment.apply(call));
    } catch (ApiError e) {
      return new Misread(director, needsDirector, e);
    } catch (InvalidValue e) {
      return new Misread(director, needsDirector, ApiError.of(e));
    }
  }

  private static ObjectNode body(@Nullable JsonNode body) {
    if (body == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badValue(BODY, "an object, or no such key", body.toString());
  }

  private static String required(Call item, String key, String wanted) {
    String text = item.take(key);
    if (text == null) {
      throw ApiError.badValue(key, wanted, "");
    }
    return text;
  }

  private static List<String> list(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }
}
