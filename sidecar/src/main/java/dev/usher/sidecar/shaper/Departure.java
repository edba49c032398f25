package dev.usher.sidecar.shaper;

/** Why a waiter leaves its queue without tokens. */
public enum Departure {
  TIMED_OUT,
  CANCELLED,
  REJECTED
}
