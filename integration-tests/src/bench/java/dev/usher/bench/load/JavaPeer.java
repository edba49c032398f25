package dev.usher.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Undertow's own proxy in a JVM of its own. */
record JavaPeer(LoadOptions options) implements Candidate {

  /** The start of a command line with the JVM that runs this. */
  static List<String> java(List<String> javaOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    return command;
  }

  @Override
  public String name() {
    return "undertow";
  }

  @Override
  public boolean wantsWarmUp() {
    return true;
  }

  @Override
  public Running start(Path folder, int port, List<Integer> origins) throws IOException {
    List<String> command = java(options.javaOptions());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            UndertowPeer.class.getName(),
            Integer.toString(options.connections()),
            Integer.toString(port)));
    origins.forEach(origin -> command.add(origin.toString()));
    return Running.start(name(), folder, port, command);
  }
}
