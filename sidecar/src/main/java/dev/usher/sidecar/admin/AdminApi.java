package dev.usher.sidecar.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.metrics.Metrics;
import dev.usher.sidecar.admin.view.Views;
import dev.usher.sidecar.admin.web.Access;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Bodies;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.Guard;
import dev.usher.sidecar.admin.web.Preconditions;
import dev.usher.sidecar.admin.web.Selection;
import dev.usher.sidecar.admin.web.Target;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import dev.usher.unit.InvalidValue;
import io.undertow.io.DefaultIoCallback;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/**
 * The admin API as a handler: on the IO thread it lets the request in, finds its route and receives
 * its body; a worker does the rest. Whatever is wrong ends in one place as JSON.
 */
public final class AdminApi implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
  private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final IoCallback ENDING =
      new DefaultIoCallback() {
        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
          Bodies.end(exchange);
        }
      };

  private final Guard guard;
  private final Bodies bodies;
  private final Routes routes;
  private final HttpHandler entrance = new HttpContinueReadHandler(this::enter);

  /**
   * @param readiness asked by workers for {@code /ready}
   * @param keeping asked by workers for {@code /health} and {@code /metrics}
   */
  public AdminApi(
      Directors directors,
      Access access,
      Supplier<Readiness> readiness,
      Supplier<Keeper.Status> keeping,
      Clock clock,
      Timers timers) {
    Views views = new Views(clock);
    Edits edits = new Edits(directors);
    DirectorResource resource = new DirectorResource(directors, edits, views);
    this.guard = new Guard(access);
    this.bodies = new Bodies(timers);
    this.routes =
        new Routes(
            resource,
            new BackendResource(resource, edits, views),
            new BucketResource(resource, edits, views),
            new OverridesResource(resource, edits),
            new TransactionResource(edits),
            new StatusResource(readiness, keeping),
            new MetricsResource(new Metrics(directors, keeping)));
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    entrance.handleRequest(exchange);
  }

  /** [io] */
  private void enter(HttpServerExchange exchange) {
    bodies.limitRest(exchange);
    try {
      List<String> segments = Target.segments(exchange.getRequestURI());
      Routes.@Nullable Route route = routes.find(segments);
      guard.check(exchange, route != null && route.open());
      if (route == null) {
        throw ApiError.of(ApiError.Code.NOT_FOUND, "no such path");
      }
      List<String> names = route.path().names(segments);
      String verb = exchange.getRequestMethod().toString();
      Function<Call, Answer> action = route.action(verb);
      if (action != null) {
        act(exchange, names, READING.contains(verb), action);
      } else if (verb.equals("OPTIONS")) {
        send(exchange, Answer.noContent().with("Allow", route.allow()));
      } else {
        String message = "this path knows " + route.allow();
        ApiError error = ApiError.of(ApiError.Code.METHOD_NOT_ALLOWED, message);
        send(exchange, Answer.error(error).with("Allow", route.allow()));
      }
    } catch (ApiError e) {
      send(exchange, Answer.error(e));
    }
  }

  private void act(
      HttpServerExchange exchange,
      List<String> names,
      boolean reading,
      Function<Call, Answer> action) {
    if (reading) {
      ObjectNode none = JsonNodeFactory.instance.objectNode();
      work(
          exchange,
          () -> action.apply(new Call(names, none, preconditions(exchange), selection(exchange))));
      return;
    }
    bodies.receive(
        exchange,
        new Bodies.Reader() {
          @Override
          public void onBody(HttpServerExchange received, byte[] body) {
            work(
                received,
                () -> {
                  ObjectNode fields = Bodies.fields(received, body);
                  return action.apply(new Call(names, fields, preconditions(received)));
                });
          }

          @Override
          public void onRefused(HttpServerExchange refused, ApiError error) {
            refused.setPersistent(false);
            send(refused, Answer.error(error));
          }
        });
  }

  private static void work(HttpServerExchange exchange, Supplier<Answer> task) {
    exchange.dispatch(() -> respond(exchange, task));
  }

  /** [w] Whatever happens, the client hears of it. */
  private static void respond(HttpServerExchange exchange, Supplier<Answer> task) {
    try {
      send(exchange, answer(exchange, task));
    } catch (RuntimeException | Error e) {
      LOG.error("admin: an answer could not be sent", e);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** [w] */
  private static Answer answer(HttpServerExchange exchange, Supplier<Answer> task) {
    try {
      return task.get();
    } catch (ApiError e) {
      return Answer.error(e);
    } catch (InvalidValue e) {
      return Answer.error(ApiError.of(e));
    } catch (RuntimeException | Error e) {
      LOG.error("admin: {} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      String message = "this is a defect of the sidecar; its log says more";
      return Answer.error(ApiError.of(ApiError.Code.INTERNAL, message));
    }
  }

  private static Preconditions preconditions(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    return Preconditions.parse(
        values(headers.get(Headers.IF_MATCH)), values(headers.get(Headers.IF_NONE_MATCH)));
  }

  private static Selection selection(HttpServerExchange exchange) {
    return new Selection(
        exchange.getRequestHeaders().getFirst(Headers.ACCEPT), exchange.getQueryString());
  }

  private static List<String> values(@Nullable HeaderValues values) {
    return values == null ? List.of() : List.copyOf(values);
  }

  private static void send(HttpServerExchange exchange, Answer answer) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CACHE_CONTROL, "no-store").put(NOSNIFF, "nosniff");
    answer.headers().forEach((name, value) -> headers.put(new HttpString(name), value));
    exchange.setStatusCode(answer.status());
    if (answer.body() == null) {
      Bodies.end(exchange);
      return;
    }
    if (!headers.contains(Headers.CONTENT_TYPE)) {
      headers.put(Headers.CONTENT_TYPE, "application/json");
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.setResponseContentLength(body.length);
    exchange.getResponseSender().send(ByteBuffer.wrap(body), ENDING);
  }
}
