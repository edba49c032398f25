package dev.usher.it.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.Digest;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies that do not fit into the sidecar's heap of 48 MiB. */
class StreamingIT {
  private static final int BLOCK = 64 * 1024;
  private static final long BLOCKS = 1_600;
  private static final long SIZE = BLOCKS * BLOCK;

  /** More than all socket buffers on the way hold (a few MiB each), far less than all. */
  private static final long STALLED_BELOW = SIZE / 2;

  private static final long STALL_NANOS = Duration.ofMillis(300).toNanos();

  @RegisterExtension static final Stage STAGE = Stage.standard().jvm("-Xmx48m");

  private final GateBackend backend = STAGE.backend();
  private final TestDirector app =
      STAGE
          .director()
          .backend("b1", backend, 10)
          .set("'read-timeout':'30s','write-timeout':'30s'")
          .create();

  private static byte[] block() {
    byte[] block = new byte[BLOCK];
    new Random(7).nextBytes(block);
    return block;
  }

  private static String digest() {
    Digest digest = new Digest();
    for (long i = 0; i < BLOCKS; i++) {
      digest.write(block(), 0, BLOCK);
    }
    return digest.hex();
  }

  private static void awaitStall(AtomicLong sent) {
    AtomicLong last = new AtomicLong(-1);
    AtomicLong since = new AtomicLong();
    Await.until(
        "the sender has stopped",
        () -> {
          long now = System.nanoTime();
          long count = sent.get();
          if (last.getAndSet(count) != count) {
            since.set(now);
          }
          return now - since.get() > STALL_NANOS;
        });
    assertThat(sent.get()).isPositive().isLessThan(STALLED_BELOW);
  }

  private CompletableFuture<Void> upload(RawClient client, AtomicLong sent) {
    return CompletableFuture.runAsync(
        () -> {
          client.head("POST", app.path("up"), "Content-Length: " + SIZE);
          byte[] block = block();
          for (long i = 0; i < BLOCKS; i++) {
            client.send(block, BLOCK);
            sent.addAndGet(BLOCK);
          }
        });
  }

  private CompletableFuture<Void> download(Arrival arrival, AtomicLong sent) {
    return CompletableFuture.runAsync(
        () -> {
          arrival.write("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
          byte[] block = block();
          for (long i = 0; i < BLOCKS - 1; i++) {
            arrival.write(block);
            sent.addAndGet(BLOCK);
          }
          arrival.end();
          arrival.write(block);
        });
  }

  @Test
  void streamsALargeUpload() {
    RawClient client = STAGE.client();
    CompletableFuture<Void> upload = upload(client, new AtomicLong());
    Arrival arrival = backend.next().awaitBody();
    assertThat(arrival.body().count()).isEqualTo(SIZE);
    assertThat(arrival.body().hex()).isEqualTo(digest());
    arrival.answer(200, "taken");
    assertThat(client.read().text()).isEqualTo("taken");
    upload.join();
  }

  @Test
  void streamsALargeDownload() {
    RawClient client = app.send("down");
    CompletableFuture<Void> download = download(backend.next(), new AtomicLong());
    Answer answer = client.read();
    assertThat(answer.complete()).isTrue();
    assertThat(answer.body().count()).isEqualTo(SIZE);
    assertThat(answer.body().hex()).isEqualTo(digest());
    download.join();
  }

  @Test
  void aClientThatDoesNotReadStallsTheBackend() {
    RawClient client = STAGE.slowClient();
    client.get(app.path("down"));
    AtomicLong sent = new AtomicLong();
    CompletableFuture<Void> download = download(backend.next(), sent);
    awaitStall(sent);
    Answer answer = client.read();
    assertThat(answer.body().hex()).isEqualTo(digest());
    download.join();
  }

  @Test
  void aBackendThatDoesNotReadStallsTheClient() {
    backend.read(false);
    RawClient client = STAGE.client();
    AtomicLong sent = new AtomicLong();
    CompletableFuture<Void> upload = upload(client, sent);
    Arrival arrival = backend.next();
    awaitStall(sent);
    backend.read(true);
    assertThat(arrival.awaitBody().body().hex()).isEqualTo(digest());
    arrival.answer();
    upload.join();
    assertThat(client.read().status()).isEqualTo(200);
  }
}
