package dev.usher.sidecar.store;

import java.io.IOException;
import org.slf4j.Logger;

/** What goes wrong with the files, said in one line: a disk that refuses is no defect of ours. */
final class Complaint {
  private Complaint() {}

  /** At error; a cause that is a defect with all that helps to find it. */
  static void log(Logger log, String what, Throwable cause) {
    if (cause instanceof IOException) {
      log.error("{}: {}", what, reason(cause));
      log.debug("{}", what, cause);
    } else {
      log.error("{}", what, cause);
    }
  }

  /** Never empty. */
  static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }
}
