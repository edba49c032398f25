package dev.usher.sidecar.cli.demo;

import static dev.usher.sidecar.cli.demo.DemoClass.BACKEND;
import static dev.usher.sidecar.cli.demo.DemoClass.JAIL;
import static dev.usher.sidecar.cli.demo.DemoClass.UNTAGGED;
import static dev.usher.sidecar.cli.demo.DemoClass.UPLOAD;
import static dev.usher.sidecar.cli.demo.DemoClass.VIP;

import java.util.Set;

/** The parts of the demo, in their order: who is busy. */
enum Phase {
  ALL_BUSY("the four classes want more than their ceils", 30, Set.of(VIP, UPLOAD, BACKEND, JAIL)),
  FLOOD(
      "untagged requests want the whole capacity too: loans go back",
      25,
      Set.of(VIP, UPLOAD, BACKEND, JAIL, UNTAGGED)),
  VIP_IDLE(
      "VIP is idle: the others borrow what it leaves",
      20,
      Set.of(UPLOAD, BACKEND, JAIL, UNTAGGED)),
  VIP_BACK(
      "VIP is back and has its assured tokens again",
      25,
      Set.of(VIP, UPLOAD, BACKEND, JAIL, UNTAGGED));

  private final String title;
  private final int percent;
  private final Set<DemoClass> busy;

  Phase(String title, int percent, Set<DemoClass> busy) {
    this.title = title;
    this.percent = percent;
    this.busy = busy;
  }

  String title() {
    return title;
  }

  int clients(DemoClass of) {
    return busy.contains(of) ? of.clients() : 0;
  }

  /** The phase at a moment; the last one holds from its begin on. */
  static Phase at(long elapsedNanos, long totalNanos) {
    long percent = elapsedNanos * 100 / totalNanos;
    long end = 0;
    for (Phase phase : values()) {
      end += phase.percent;
      if (percent < end) {
        return phase;
      }
    }
    return VIP_BACK;
  }
}
