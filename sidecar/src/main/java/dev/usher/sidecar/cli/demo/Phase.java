package dev.usher.sidecar.cli.demo;

import java.util.concurrent.TimeUnit;

/** The parts of the demo, in their order: who is busy. */
enum Phase {
  /** Percent of the whole time. */
  ALL_BUSY("the four classes want more than their ceils", 30, true, false),
  /** From here on percent of what is left. */
  FLOOD("untagged requests want the whole capacity too: loans go back", 35, true, true),
  VIP_IDLE("VIP is idle: the others borrow what it leaves", 30, false, true),
  VIP_BACK("VIP is back and has its assured tokens again", 35, true, true);

  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(4_200);
  private static final int MOST = 84;

  private final String title;
  private final int percent;
  private final boolean vip;
  private final boolean untagged;

  Phase(String title, int percent, boolean vip, boolean untagged) {
    this.title = title;
    this.percent = percent;
    this.vip = vip;
    this.untagged = untagged;
  }

  String title() {
    return title;
  }

  int clients(DemoClass of) {
    boolean busy =
        switch (of) {
          case VIP -> vip;
          case UNTAGGED -> untagged;
          case UPLOAD, BACKEND, JAIL -> true;
        };
    return busy ? of.clients() : 0;
  }

  /**
   * The phase at a moment. In a short demo the first one takes most of the time, so that there is
   * something to look at.
   */
  static Phase at(long elapsedNanos, long totalNanos) {
    long first =
        Math.max(
            totalNanos * ALL_BUSY.percent / 100, Math.min(ENOUGH_NANOS, totalNanos * MOST / 100));
    if (elapsedNanos < first) {
      return ALL_BUSY;
    }
    long percent = (elapsedNanos - first) * 100 / (totalNanos - first);
    if (percent < FLOOD.percent) {
      return FLOOD;
    }
    return percent < FLOOD.percent + VIP_IDLE.percent ? VIP_IDLE : VIP_BACK;
  }
}
