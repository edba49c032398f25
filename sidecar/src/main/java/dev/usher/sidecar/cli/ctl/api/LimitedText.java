package dev.usher.sidecar.cli.ctl.api;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A body as UTF-8; what is longer than it may be fails and is not read to its end. */
final class LimitedText implements BodySubscriber<String> {
  private final BodySubscriber<String> whole = BodySubscribers.ofString(StandardCharsets.UTF_8);
  private final long maxBytes;
  private long bytes;
  private @Nullable Subscription subscription;

  LimitedText(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<String> getBody() {
    return whole.getBody();
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    whole.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    if (bytes > maxBytes) {
      return;
    }
    part.forEach(buffer -> bytes += buffer.remaining());
    if (bytes <= maxBytes) {
      whole.onNext(part);
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    whole.onError(new IOException("an answer of more than %d bytes".formatted(maxBytes)));
  }

  @Override
  public void onError(Throwable failure) {
    whole.onError(failure);
  }

  @Override
  public void onComplete() {
    if (bytes <= maxBytes) {
      whole.onComplete();
    }
  }
}
