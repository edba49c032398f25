package dev.usher.it.harness;

import java.util.ArrayList;
import java.util.List;

/** Describes a director in the JSON of the API, with ' in place of ". */
public final class DirectorBuilder {
  private final Stage stage;
  private final String name;
  private final List<String> settings = new ArrayList<>();
  private final List<String> backends = new ArrayList<>();
  private String buckets = "";
  private String healthCheck =
      "'kind':'tcp','interval':'50ms','timeout':'1s','success-threshold':2";

  DirectorBuilder(Stage stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  /** Adds settings such as {@code 'queue-limit': 5, 'retry-after': '3s'}. */
  public DirectorBuilder set(String members) {
    settings.add(members);
    return this;
  }

  /** The members of {@code health-check}, in place of a TCP probe every 50 ms. */
  public DirectorBuilder healthCheck(String members) {
    healthCheck = members;
    return this;
  }

  public DirectorBuilder backend(String backend, GateBackend at, int capacity) {
    return backend(backend, at.url(), capacity, "active");
  }

  public DirectorBuilder backend(String backend, GateBackend at, int capacity, String role) {
    return backend(backend, at.url(), capacity, role);
  }

  public DirectorBuilder backend(String backend, String url, int capacity, String role) {
    backends.add(
        "'%s':{'url':'%s','capacity':%d,'role':'%s'}".formatted(backend, url, capacity, role));
    return this;
  }

  /** The members of {@code buckets}, such as {@code 'vip': {'rate':'10%'}}. */
  public DirectorBuilder buckets(String members) {
    buckets = members;
    return this;
  }

  /** Puts it in force through the API. */
  public TestDirector create() {
    List<String> members = new ArrayList<>(settings);
    members.add("'health-check':{" + healthCheck + "}");
    members.add("'backends':{" + String.join(",", backends) + "}");
    members.add("'buckets':{" + buckets + "}");
    stage.admin().put("/director/" + name, "{" + String.join(",", members) + "}").expect(200);
    return new TestDirector(stage, name);
  }
}
