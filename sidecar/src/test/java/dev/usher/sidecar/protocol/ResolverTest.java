package dev.usher.sidecar.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Names become addresses on a worker, and are remembered for a while. */
class ResolverTest {
  private final Queue<Runnable> worker = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Object> answers = new ArrayList<>();
  private long nowNanos;

  private final Clock clock =
      new Clock() {
        @Override
        public long nanos() {
          return nowNanos;
        }

        @Override
        public long epochMillis() {
          return 0;
        }
      };

  private final Resolver resolver =
      new Resolver(
          worker::add,
          clock,
          host -> {
            asked.add(host);
            if (host.equals("defect")) {
              throw new IllegalStateException("a defect, made by this test");
            }
            if (host.equals("unknown")) {
              throw new UnknownHostException(host);
            }
            return InetAddress.getLoopbackAddress();
          });

  private void resolve(String host) {
    resolver.resolve(new Target(host, 80), Runnable::run, answers::add, answers::add);
  }

  private void work() {
    worker.remove().run();
  }

  @Test
  void anAddressIsAnsweredAtOnce() {
    resolve("127.0.0.1");
    resolve("::1");
    assertThat(answers).hasSize(2);
    assertThat(asked).isEmpty();
  }

  @Test
  void aNameIsAskedForOnAWorkerAndRememberedForTenSeconds() {
    resolve("name");
    assertThat(answers).isEmpty();
    work();
    assertThat(answers).hasSize(1);
    nowNanos += Resolver.REMEMBERED.toNanos() - 1;
    resolve("name");
    assertThat(answers).hasSize(2);
    nowNanos += 1;
    resolve("name");
    assertThat(answers).hasSize(2);
    work();
    assertThat(asked).containsExactly("name", "name");
  }

  @Test
  void anUnknownNameIsAFailureThatIsNotRemembered() {
    resolve("unknown");
    work();
    assertThat(answers).hasSize(1).hasOnlyElementsOfType(UnknownHostException.class);
    resolve("unknown");
    work();
    assertThat(asked).containsExactly("unknown", "unknown");
  }

  @Test
  void whoAsksForANameThatIsBeingAskedForGetsTheSameAnswer() {
    resolve("name");
    resolve("name");
    resolve("unknown");
    resolve("unknown");
    assertThat(worker).hasSize(2);
    work();
    assertThat(answers).hasSize(2).hasOnlyElementsOfType(InetSocketAddress.class);
    work();
    assertThat(answers).hasSize(4);
    assertThat(asked).containsExactly("name", "unknown");
  }

  @Test
  void aDefectOfTheLookUpIsAFailureAndTheNextOneAsksAgain() {
    resolve("defect");
    work();
    assertThat(answers).hasSize(1).hasOnlyElementsOfType(IOException.class);
    resolve("defect");
    work();
    assertThat(answers).hasSize(2);
  }

  @Test
  void withoutAWorkerTheAnswerIsAFailureAndTheNextOneTriesAgain() {
    Resolver ended =
        new Resolver(
            task -> {
              throw new RejectedExecutionException("ended, by this test");
            },
            clock,
            host -> InetAddress.getLoopbackAddress());
    for (int i = 1; i <= 2; i++) {
      ended.resolve(new Target("name", 80), Runnable::run, answers::add, answers::add);
      assertThat(answers).hasSize(i).hasOnlyElementsOfType(IOException.class);
    }
  }

  @Test
  void noMoreThanSoManyNamesAreRemembered() {
    for (int i = 0; i < Resolver.MAX_REMEMBERED + 10; i++) {
      resolve("name" + i);
      work();
    }
    assertThat(resolver.remembered()).isEqualTo(Resolver.MAX_REMEMBERED);
    nowNanos += Resolver.REMEMBERED.toNanos();
    resolve("one more");
    work();
    assertThat(resolver.remembered()).isEqualTo(1);
  }
}
