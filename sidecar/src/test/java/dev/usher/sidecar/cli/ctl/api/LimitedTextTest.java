package dev.usher.sidecar.cli.ctl.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class LimitedTextTest {
  private final LimitedText body = new LimitedText(6);
  private boolean cancelled;

  private CompletableFuture<String> read(String... parts) {
    body.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
    for (String part : parts) {
      body.onNext(List.of(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8))));
    }
    body.onComplete();
    return body.getBody().toCompletableFuture();
  }

  @Test
  void what_is_as_long_as_it_may_be_is_read_whole() {
    assertThat(read("a\u00fc", "bcd")).isCompletedWithValue("a\u00fcbcd");
    assertThat(cancelled).isFalse();
  }

  @Test
  void what_is_longer_fails_and_is_not_read_on() {
    assertThat(read("abc", "defg", "h"))
        .isCompletedExceptionally()
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withMessageContaining("an answer of more than 6 bytes");
    assertThat(cancelled).isTrue();
  }
}
