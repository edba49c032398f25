package dev.usher.it.storm;

/** What a backend does with its requests. */
enum Fault {
  /** Answers soon. */
  NONE,
  /** Answers, but late. */
  SLOW,
  /** Takes no connections and has reset those that were open. */
  DEAD,
  /** Resets before the first byte of its answer. */
  RESET,
  /** Closes in good order before the first byte of its answer. */
  CLOSE,
  /** Answers nothing. */
  STALL,
  /** Stops within its answer and says nothing more. */
  STALL_WITHIN,
  /** Closes within an answer whose length it told. */
  CUT_LENGTH,
  /** Closes within a chunked answer. */
  CUT_CHUNKS,
  /** Answers rightly and sends another answer after it that nobody has asked for. */
  TOO_LONG,
  /** Answers what is no HTTP, and closes. */
  GARBAGE,
  ERROR_500,
  ERROR_503;

  /** Whether an answer begins and does not end, or is none. */
  boolean breaks() {
    return switch (this) {
      case STALL_WITHIN, CUT_LENGTH, CUT_CHUNKS, GARBAGE -> true;
      default -> false;
    };
  }

  /** Whether the connection ends without a byte of an answer. */
  boolean isSilent() {
    return this == RESET || this == CLOSE || this == STALL;
  }

  /** The status that it answers with. */
  int status() {
    return switch (this) {
      case ERROR_500 -> 500;
      case ERROR_503 -> 503;
      default -> 200;
    };
  }
}
