package dev.usher.sidecar.admin.transaction;

import dev.usher.sidecar.admin.web.Answer;

/** A transaction of which nothing is done, since some of its changes cannot be made. */
public final class TransactionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  TransactionRefused(Complaints complaints) {
    super("a transaction is refused", null, false, false);
    this.answer = complaints.answer();
  }

  /** With every complaint. */
  public Answer answer() {
    return answer;
  }
}
