package dev.usher.sidecar.cli;

import dev.usher.sidecar.classify.UndertowRouteSyntax;
import dev.usher.sidecar.cli.ctl.FakeAdmin;
import dev.usher.sidecar.cli.draw.Canvas;
import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.time.FakeTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;

/** Base: {@code usher ctl} against an admin API that answers as it is told. */
abstract class CtlCase {
  @TempDir Path folder;
  @AutoClose final FakeAdmin admin = new FakeAdmin();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  final String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("directors.yaml"), yaml).toString();
  }

  /** Runs {@code usher ctl} against the fake. */
  final int ctl(String... args) {
    return run(out, withAdmin(args));
  }

  /** The same with another standard output. */
  final int ctlInto(OutputStream other, String... args) {
    return run(other, withAdmin(args));
  }

  private String[] withAdmin(String... args) {
    List<String> all = new ArrayList<>(List.of("ctl"));
    all.addAll(Arrays.asList(args));
    all.addAll(List.of("--admin", admin.hostAndPort()));
    return all.toArray(new String[0]);
  }

  final int run(String... args) {
    return run(out, args);
  }

  private int run(OutputStream into, String... args) {
    FakeTime time = new FakeTime();
    Terminal terminal =
        new Terminal(printer(into), printer(err), () -> false, () -> new Canvas(80, true, false));
    ConfigReader reader = new ConfigReader(new UndertowRouteSyntax());
    return new UsherCli(new FakeLauncher(), reader, new NoEnding(), time, time, terminal).run(args);
  }

  private static PrintStream printer(OutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  final String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  final String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** What was printed so far is forgotten. */
  final void forgetOutput() {
    out.reset();
  }

  private static final class NoEnding implements Ending {
    @Override
    public void prepare(Runnable drain) {}

    @Override
    public void await() {}
  }
}
