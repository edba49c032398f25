package dev.usher.sidecar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.time.FakeTime;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClassLoadTest {
  private final FakeTime time = new FakeTime();
  private final Queue<CompletableFuture<Integer>> underWay = new ArrayDeque<>();
  private final ClassLoad load =
      new ClassLoad(
          () -> {
            CompletableFuture<Integer> sent = new CompletableFuture<>();
            underWay.add(sent);
            return sent;
          },
          time);

  @Test
  void each_client_has_one_request_under_way_and_sends_the_next_after_the_answer() {
    load.resize(3);
    assertThat(underWay).hasSize(3);
    underWay.remove().complete(200);
    assertThat(underWay).hasSize(3);
    assertThat(load.served()).isEqualTo(1);
  }

  @Test
  void asking_for_the_same_number_again_starts_nobody() {
    load.resize(3);
    load.resize(3);
    assertThat(underWay).hasSize(3);
  }

  @Test
  void too_many_clients_end_with_their_answers() {
    load.resize(3);
    load.resize(1);
    underWay.remove().complete(200);
    underWay.remove().complete(200);
    assertThat(underWay).hasSize(1);
    load.resize(0);
    assertThat(load.running()).isEqualTo(1);
    underWay.remove().complete(200);
    assertThat(underWay).isEmpty();
    assertThat(load.running()).isZero();
  }

  @Test
  void a_failed_request_and_a_503_are_errors_after_which_a_client_pauses() {
    load.resize(2);
    underWay.remove().complete(503);
    underWay.remove().completeExceptionally(new IOException("reset"));
    assertThat(load.errors()).isEqualTo(2);
    assertThat(load.served()).isZero();
    assertThat(underWay).isEmpty();
    time.advanceMillis(100);
    assertThat(underWay).hasSize(2);
  }

  @Test
  void a_client_that_is_stopped_while_it_pauses_sends_one_request_at_most() {
    load.resize(1);
    underWay.remove().complete(503);
    load.resize(0);
    assertThat(load.running()).isEqualTo(1);
    time.advanceMillis(100);
    underWay.remove().complete(200);
    assertThat(load.running()).isZero();
  }
}
