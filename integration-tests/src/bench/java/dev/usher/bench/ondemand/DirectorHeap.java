package dev.usher.bench.ondemand;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Requester;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How much heap 10 000 directors from a template take: as they are made, after requests, after
 * requests that had to wait in every bucket; and which classes take it. Arguments: how many
 * directors, how many lines of the histogram.
 */
public final class DirectorHeap {
  private static final int DEFAULT_DIRECTORS = 10_000;
  private static final int DEFAULT_LINES = 25;
  private static final List<String> BUCKETS = List.of("root", "vip", "main", "upload", "jail");

  private DirectorHeap() {}

  public static void main(String[] args) throws JMException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_DIRECTORS;
    int lines = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_LINES;
    new Crowd(10).close();
    long before = usedBytes();
    try (Crowd crowd = new Crowd(count)) {
      report("made", count, usedBytes() - before);
      print(histogram(), lines);
      crowd.directors().forEach(DirectorHeap::serve);
      report("after a request each", count, usedBytes() - before);
      crowd.directors().forEach(DirectorHeap::serveWaiters);
      report("after waits in every bucket", count, usedBytes() - before);
      print(histogram(), lines);
    }
  }

  private static void report(String when, int count, long bytes) {
    System.out.printf(
        "%-28s %6.1f MiB for %d directors, %d B each%n",
        when, bytes / 1048576.0, count, bytes / count);
  }

  /** What is left after the garbage has gone. */
  private static long usedBytes() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  private static String histogram() throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
  }

  private static void print(String histogram, int lines) {
    histogram.lines().limit(lines + 2L).forEach(System.out::println);
  }

  private static void serve(Director director) {
    for (String bucket : BUCKETS) {
      Guest guest = new Guest(director, bucket);
      guest.leave();
    }
  }

  /** Fills the director, lets one more wait in each bucket, and gives everything back. */
  private static void serveWaiters(Director director) {
    List<Guest> guests = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < Crowd.CAPACITY; i++) {
        guests.add(new Guest(director, "root"));
      }
      BUCKETS.forEach(bucket -> guests.add(new Guest(director, bucket)));
      guests.forEach(Guest::leave);
      guests.clear();
    }
  }

  /** A request that leaves as soon as it is told to and has been served. */
  private static final class Guest implements Requester {
    private Lease[] lease = {};
    private boolean leaving;

    Guest(Director director, String bucket) {
      director.admit(new Ask(bucket, null, this));
    }

    void leave() {
      leaving = true;
      if (lease.length > 0) {
        lease[0].close(Outcome.SERVED);
      }
    }

    @Override
    public void onAdmission(Admission admission) {
      if (!(admission instanceof Admission.Granted granted)) {
        throw new IllegalStateException("want a lease, got " + admission);
      }
      lease = new Lease[] {granted.lease()};
      if (leaving) {
        granted.lease().close(Outcome.SERVED);
      }
    }

    @Override
    public void onRevoked(Lease revoked) {
      throw new IllegalStateException("revoked");
    }
  }
}
