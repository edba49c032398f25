package dev.usher.sidecar.schedule;

/** How a director picks among the backends that have room. */
public enum Scheduling {
  /** One after the other, those without room skipped. */
  ROUND_ROBIN,
  /** At random, each with room as likely as the others. */
  CHANCE,
  /** The smallest load in proportion to capacity. */
  LEAST_LOAD
}
