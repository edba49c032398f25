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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Names become addresses on a worker, and are remembered for a while. */
class ResolverTest {
  private final Queue<Runnable> worker = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Object> answers = new ArrayList<>();
  private long nowNanos;
  private boolean down;

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
            if (host.equals("unknown") || down) {
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

  @Test
  void whatOnlyLooksLikeAnAddressIsNotAskedForHere() {
    resolve("300.1.1.1");
    resolve("1.2.3");
    assertThat(answers).isEmpty();
    assertThat(worker).hasSize(2);
  }

  @Test
  void theOldAddressStandsInWhileTheNameServiceIsDown() {
    resolve("name");
    work();
    down = true;
    nowNanos += Resolver.REMEMBERED.toNanos();
    resolve("name");
    work();
    assertThat(answers).hasSize(2).hasOnlyElementsOfType(InetSocketAddress.class);
    nowNanos += Resolver.REMEMBERED.toNanos() - 1;
    resolve("name");
    assertThat(answers).as("it is not asked for again at once").hasSize(3);
    assertThat(asked).hasSize(2);
  }

  @Test
  void anAddressStandsInForAnHourAtMost() {
    resolve("name");
    work();
    down = true;
    nowNanos += Resolver.STANDS_IN.toNanos();
    resolve("name");
    work();
    assertThat(answers.get(1)).isInstanceOf(UnknownHostException.class);
    assertThat(resolver.remembered()).isZero();
  }

  /** All threads are with names that hang, and further ones wait behind them. */
  private void jam() {
    for (int i = 0; i < Resolver.THREADS; i++) {
      resolve("hangs" + i);
    }
  }

  @Test
  void theOldAddressStandsInWhileTheNameServiceHangsForOthers() {
    resolve("name");
    work();
    nowNanos += Resolver.REMEMBERED.toNanos();
    jam();
    nowNanos += Resolver.SLOW.toNanos();
    resolve("name");
    assertThat(answers).hasSize(2).hasOnlyElementsOfType(InetSocketAddress.class);
    assertThat(worker).as("it is asked for too").hasSize(Resolver.THREADS + 1);
    resolve("other");
    assertThat(answers).as("nothing is known of that one").hasSize(2);
  }

  @Test
  void theOldAddressStandsInWhileItsOwnLookUpHangs() {
    resolve("name");
    work();
    nowNanos += Resolver.REMEMBERED.toNanos();
    resolve("name");
    nowNanos += Resolver.SLOW.toNanos() - 1;
    resolve("name");
    assertThat(answers).as("may be answered yet").hasSize(1);
    nowNanos += 1;
    resolve("name");
    assertThat(answers).hasSize(2);
    work();
    assertThat(answers).as("each has one answer").hasSize(4);
  }

  @Test
  void noAddressStandsInWhileLookUpsAreQuickOrForLongerThanAnHour() {
    resolve("name");
    work();
    nowNanos += Resolver.REMEMBERED.toNanos();
    jam();
    nowNanos += Resolver.SLOW.toNanos() - 1;
    resolve("name");
    assertThat(answers).as("they do not hang yet").hasSize(1);
    nowNanos += Resolver.STANDS_IN.toNanos();
    resolve("name");
    assertThat(answers).as("too old by now").hasSize(1);
  }

  @Test
  void whenNoThreadCanBeHadTheNextOneTriesAgain() {
    List<Object> heard = new ArrayList<>();
    Resolver poor =
        new Resolver(
            task -> {
              throw new OutOfMemoryError("no thread, made by this test");
            },
            clock,
            host -> InetAddress.getLoopbackAddress());
    for (int i = 1; i <= 2; i++) {
      poor.resolve(new Target("name", 80), Runnable::run, heard::add, heard::add);
      assertThat(heard).hasSize(i).hasOnlyElementsOfType(IOException.class);
    }
  }

  @Test
  void namesAreAskedForByFewThreadsOfTheirOwnHoweverManyAreSlow() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    Resolver own =
        new Resolver(
            clock,
            host -> {
              threads.add(Thread.currentThread());
              try {
                open.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return InetAddress.getLoopbackAddress();
            });
    CountDownLatch answered = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      own.resolve(
          new Target("name" + i, 80),
          Runnable::run,
          found -> answered.countDown(),
          failed -> answered.countDown());
    }
    open.countDown();
    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(threads).hasSize(50);
    assertThat(Set.copyOf(threads))
        .hasSizeBetween(1, Resolver.THREADS)
        .allMatch(Thread::isDaemon)
        .doesNotContain(Thread.currentThread());
  }
}
