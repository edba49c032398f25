package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.ExitStatus;
import dev.usher.sidecar.cli.ctl.api.ApiClient;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the verbs that ask one thing have in common. */
abstract class Verb implements Callable<Integer> {
  private final PrintStream out;

  @ParentCommand private @Nullable CtlCommand ctl;
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--json",
      description = "Print what the API answers, as it is; nothing where it answers nothing.")
  private boolean json;

  Verb(PrintStream out) {
    this.out = out;
  }

  @Override
  public final Integer call() throws CtlFailed {
    ApiRequest request = request();
    ApiClient api =
        Objects.requireNonNull(ctl, "set by picocli")
            .api(Objects.requireNonNull(spec, "set by picocli").commandLine());
    Reply.Done done = done(api.send(request));
    if (json) {
      out.print(done.body());
    } else {
      lines(done).forEach(out::println);
    }
    if (out.checkError()) {
      throw CtlFailed.unwritable();
    }
    return ExitStatus.FINE;
  }

  /** What is asked; throws {@link ParameterException} when the arguments do not fit. */
  abstract ApiRequest request();

  /** What is said when it is done. */
  abstract List<String> lines(Reply.Done done);

  /** What was done; throws when it was not. */
  Reply.Done done(Reply reply) throws CtlFailed {
    return reply.orFail();
  }

  /** The path, which must be that of one object. */
  final ObjectPath one(@Nullable ObjectPath path) {
    ObjectPath given = Objects.requireNonNull(path, "PATH is required");
    if (given instanceof ObjectPath.OfBackends || given instanceof ObjectPath.OfBuckets) {
      throw wrongUse("PATH: want %s, got '%s'".formatted(ObjectPath.WANTED, given.text()));
    }
    return given;
  }

  /** The path, which must be that of something that can be switched off and on. */
  final ObjectPath switched(@Nullable ObjectPath path) {
    ObjectPath given = one(path);
    if (given instanceof ObjectPath.OfBucket) {
      throw wrongUse(
          "PATH: want DIRECTOR or DIRECTOR/backends/NAME, got '%s'".formatted(given.text()));
    }
    return given;
  }

  final ParameterException wrongUse(String message) {
    return new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), message);
  }
}
