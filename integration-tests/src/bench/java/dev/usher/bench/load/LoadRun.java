package dev.usher.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures every candidate in turn, round after round, each round in another order. */
public final class LoadRun implements AutoCloseable {
  private final LoadOptions options;
  private final Path folder;
  private final Wrk wrk;
  private final List<Candidate> candidates;
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  private LoadRun(LoadOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
    this.wrk = new Wrk(folder, options.connections());
    this.candidates =
        Stream.of(
                Candidate.DIRECT,
                UsherProxy.open(options),
                NativeProxy.HAPROXY,
                NativeProxy.NGINX,
                new JavaPeer(options),
                UsherProxy.shaped(options))
            .filter(candidate -> options.takesPart(candidate.name()))
            .toList();
  }

  /** See the package. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> missing =
        Stream.of("wrk", "haproxy", "nginx").filter(program -> !Machine.has(program)).toList();
    if (!missing.isEmpty()) {
      System.err.println("LOAD RUN SKIPPED: not on the PATH: " + String.join(", ", missing));
      return;
    }
    LoadOptions options = LoadOptions.ofSystem();
    try (LoadRun run = new LoadRun(options, Files.createTempDirectory("usher-load"))) {
      Thread ending = new Thread(run::close);
      Runtime.getRuntime().addShutdownHook(ending);
      run.start();
      String before = Machine.load();
      run.measure();
      run.report(before);
    }
  }

  private void start() throws IOException {
    List<Integer> ports = freePorts(Origins.COUNT + candidates.size());
    List<Integer> origins = ports.subList(0, Origins.COUNT);
    running.put(Candidate.DIRECT.name(), Origins.start(folder.resolve("origins"), origins));
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (!candidate.equals(Candidate.DIRECT)) {
        Path own = folder.resolve(candidate.name());
        int port = ports.get(Origins.COUNT + i);
        running.put(candidate.name(), candidate.start(own, port, origins));
      }
    }
  }

  private void measure() throws IOException, InterruptedException {
    for (Workload workload : Workload.values()) {
      if (options.isRun(workload)) {
        warmUp(workload);
        for (int round = 0; round < options.rounds(); round++) {
          List<Candidate> order = new ArrayList<>(candidates);
          Collections.rotate(order, -2 * round);
          for (Candidate candidate : order) {
            samples.add(measure(workload, candidate));
          }
        }
      }
    }
  }

  private void warmUp(Workload workload) throws IOException, InterruptedException {
    for (Candidate candidate : candidates) {
      if (candidate.wantsWarmUp()) {
        wrk.run(running(candidate).port(), workload, candidate.script(), options.warmUp());
      }
    }
  }

  private Sample measure(Workload workload, Candidate candidate)
      throws IOException, InterruptedException {
    Running way = running(candidate);
    Usage before = way.usage();
    Wrk.Result seen = wrk.run(way.port(), workload, candidate.script(), options.measured());
    Sample sample = Sample.of(workload, candidate.name(), seen, before, way.usage());
    System.out.println(sample + ", load " + Machine.load());
    return sample;
  }

  private Running running(Candidate candidate) {
    Running way = running.get(candidate.name());
    if (way == null) {
      throw new IllegalStateException(candidate.name() + " was not started");
    }
    return way;
  }

  private void report(String loadBefore) throws IOException {
    List<String> facts = new ArrayList<>(Machine.facts());
    facts.add(
        "wrk with %d connections, %d rounds of %d s; load average before %s, after %s"
            .formatted(
                options.connections(),
                options.rounds(),
                options.measured().toSeconds(),
                loadBefore,
                Machine.load()));
    if (!options.javaOptions().isEmpty()) {
      facts.add("options of the JVM: " + String.join(" ", options.javaOptions()));
    }
    String text = new Report(facts, samples).markdown();
    System.out.println(text);
    Path file = options.report().toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    running.values().forEach(Running::close);
    running.clear();
    deleteFolder();
  }

  private void deleteFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("%s stays: %s".formatted(folder, e));
    }
  }
}
