package dev.usher.sidecar.cli.demo;

/** The parts of the demo, in their order: who is busy. */
enum Phase {
  ALL_BUSY("the four classes want more than their ceils", 30, true, false),
  FLOOD("untagged requests want the whole capacity too: loans go back", 25, true, true),
  VIP_IDLE("VIP is idle: the others borrow what it leaves", 20, false, true),
  VIP_BACK("VIP is back and has its assured tokens again", 25, true, true);

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
