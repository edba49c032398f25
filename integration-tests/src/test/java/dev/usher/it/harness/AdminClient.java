package dev.usher.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Talks to the admin API. Any thread. */
public final class AdminClient {
  private static final String JSON = "application/json";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;

  public AdminClient(int port) {
    base = "http://127.0.0.1:" + port;
  }

  /** Text with ' in place of ", so that it reads well in Java. */
  public static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  /** Sends a request; {@code fields} are names and values in turn. */
  public Reply call(String verb, String path, String body, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Await.DEADLINE)
            .method(
                verb,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(verb + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Reply get(String path) {
    return call("GET", path, "");
  }

  /** The JSON behind {@code path}, which must answer 200. */
  public JsonNode read(String path) {
    return get(path).expect(200).json();
  }

  /** PUT with JSON, written with ' in place of ". */
  public Reply put(String path, String body) {
    return call("PUT", path, json(body), "Content-Type", JSON);
  }

  /** POST with JSON, written with ' in place of ". */
  public Reply post(String path, String body) {
    return call("POST", path, json(body), "Content-Type", JSON);
  }

  /** A verb with form parameters. */
  public Reply form(String verb, String path, String parameters) {
    return call(verb, path, parameters, "Content-Type", "application/x-www-form-urlencoded");
  }

  public Reply delete(String path) {
    return call("DELETE", path, "");
  }

  public Reply lock(String path) {
    return call("LOCK", path, "");
  }

  public Reply unlock(String path) {
    return call("UNLOCK", path, "");
  }
}
