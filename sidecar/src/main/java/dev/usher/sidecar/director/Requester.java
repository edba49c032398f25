package dev.usher.sidecar.director;

/** Who asked. */
public interface Requester {
  /**
   * Called once for each {@link Director#admit} and each {@link Lease#retry}, unless the ticket was
   * cancelled before; on any thread (often the asking one, before its call returns), never while
   * the strand is held. It must not block.
   */
  void onAdmission(Admission admission);
}
