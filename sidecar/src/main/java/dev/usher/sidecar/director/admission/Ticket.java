package dev.usher.sidecar.director.admission;

/** A request's place with its director, from the first ask to the end. [any] */
public interface Ticket {
  /**
   * The client is gone: a waiting request leaves its queue and costs nothing. A grant that is under
   * way at this moment is taken back by the director itself: after this call the requester hears
   * nothing more, or has a lease already and must close that. Repetition is harmless.
   */
  void cancel();
}
