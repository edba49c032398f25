package dev.usher.sidecar.http;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.protocol.BodyPump;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The response's body on its way to the client, or to nowhere. */
record Download(Attempt attempt) implements BodyPump.Events {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);

  @Override
  public void onRead(int count) {}

  @Override
  public void onSourceEnd() {
    attempt.served();
  }

  @Override
  public void onDone() {
    attempt.leaveTicker();
    attempt.passage().responded();
  }

  @Override
  public void onSourceFailed(IOException cause) {
    LOG.debug("the backend broke its response off", cause);
    attempt.giveUp(Outcome.BROKEN);
    attempt.passage().refuse(Refusal.BROKEN_RESPONSE);
  }

  @Override
  public void onSinkFailed(IOException cause) {
    attempt.passage().clientGone();
  }

  @Override
  public void onDefect(Throwable cause) {
    attempt.passage().defect(cause);
  }
}
