package dev.usher.sidecar.cli;

import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * The end that SIGTERM, SIGINT or SIGHUP ask for. A JVM that ends by a signal reports 128 + its
 * number whatever its hooks do, unless one of them halts it; ours does, with 0, once the drain is
 * over. Other hooks run at the same time and may be cut off: the sidecar has none.
 */
public final class SignalEnding implements Ending {
  @Override
  public void prepare(Runnable drain) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drainAndHalt(drain), "usher-drain"));
  }

  private static void drainAndHalt(Runnable drain) {
    int status = ExitStatus.FAILED;
    try {
      drain.run();
      status = ExitStatus.FINE;
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(SignalEnding.class).error("the drain failed", e);
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  @Override
  public void await() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
