package dev.usher.it.harness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One sidecar for a test class, and for each test the backends, clients and directors that it asked
 * for, which end with the test. Register it as a static extension. The test's thread only.
 */
public final class Stage implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final String yaml;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Optional<UsherProcess> usher = Optional.empty();
  private List<String> jvmOptions = List.of();
  private int directors;

  private Stage(String yaml) {
    this.yaml = yaml;
  }

  /** With {@link Configs#pool()}. */
  public static Stage standard() {
    return new Stage(Configs.pool());
  }

  public static Stage with(String yaml) {
    return new Stage(yaml);
  }

  /** Options for the sidecar's JVM. */
  public Stage jvm(String... options) {
    jvmOptions = List.of(options);
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    usher = Optional.of(UsherProcess.start(yaml, jvmOptions));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    context
        .getExecutionException()
        .ifPresent(failure -> System.err.println(context.getDisplayName() + ": " + usher().log()));
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    usher.ifPresent(UsherProcess::close);
  }

  public UsherProcess usher() {
    return usher.orElseThrow();
  }

  public AdminClient admin() {
    return usher().admin();
  }

  /** Ends {@code it} with the test. */
  public <T extends AutoCloseable> T keep(T it) {
    opened.push(it);
    return it;
  }

  public GateBackend backend() {
    return keep(GateBackend.start());
  }

  public RawClient client() {
    return keep(usher().connect());
  }

  /** A connection from 127.0.0.x. */
  public RawClient clientFrom(int lastOctet) {
    return keep(RawClient.connect(usher().port(), lastOctet, 0));
  }

  /** A client with a small receive buffer, so that it stalls soon. */
  public RawClient slowClient() {
    return keep(RawClient.connect(usher().port(), 1, 64 * 1024));
  }

  /** A director of this test alone, to be described and created. */
  public DirectorBuilder director() {
    return directorNamed("d" + directors++);
  }

  public DirectorBuilder directorNamed(String name) {
    return new DirectorBuilder(this, name);
  }
}
