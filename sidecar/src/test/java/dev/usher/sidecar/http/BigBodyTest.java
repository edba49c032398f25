package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Bodies go through in pieces, at the pace of whoever takes them. */
class BigBodyTest extends WireTest {
  private static final long MEGABYTE = 1_000_000;
  private static final long BODY = 200 * MEGABYTE;

  /** What a kernel may hold in the two connections' four buffers. */
  private static final long KERNEL = 40 * MEGABYTE;

  private static Thread sending(Wire to, long bytes, AtomicLong sent) {
    Thread thread =
        new Thread(
            () -> {
              byte[] chunk = new byte[100_000];
              try {
                while (sent.get() < bytes) {
                  to.send(chunk);
                  sent.addAndGet(chunk.length);
                }
              } catch (IOException e) {
                // The assertions say it.
              }
            });
    thread.start();
    return thread;
  }

  private static void awaitStall(AtomicLong sent) {
    long[] last = {-1};
    Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(150))
        .until(() -> last[0] == (last[0] = sent.get()) && sent.get() > 0);
  }

  private static long heapAfterCollection() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aClientThatDoesNotReadStopsItsBackendAndCostsNoMemory() throws Exception {
    long heapBefore = heapAfterCollection();
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n");
      AtomicLong sent = new AtomicLong();
      Thread sender = sending(server, BODY, sent);
      awaitStall(sent);
      assertThat(sent.get()).isLessThan(KERNEL);
      assertThat(heapAfterCollection() - heapBefore).isLessThan(8 * MEGABYTE);
      assertThat(director.events).isEmpty();
      client.head();
      client.skip(BODY);
      sender.join();
      awaitEvents("SERVED");
    }
  }

  @Test
  void aBackendThatDoesNotReadStopsItsClient() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY + "\r\n\r\n");
      AtomicLong sent = new AtomicLong();
      Thread sender = sending(client, BODY, sent);
      Wire server = backend.take();
      server.head();
      awaitStall(sent);
      assertThat(sent.get()).isLessThan(KERNEL);
      server.skip(BODY);
      sender.join();
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void aLengthBeyond32BitsPasses() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000000\r\n\r\nhello");
      Wire server = backend.take();
      assertThat(server.head()).contains("Content-Length: 5000000000\r\n");
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 6000000000\r\n\r\nhello");
      assertThat(client.head()).contains("Content-Length: 6000000000\r\n");
      assertThat(client.bytes(5)).isEqualTo("hello");
    }
  }
}
