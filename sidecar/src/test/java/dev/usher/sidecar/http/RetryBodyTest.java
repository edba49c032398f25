package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.spec.RetrySpec;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request's body when another backend gets the request, be it after a wait. */
class RetryBodyTest extends TwoBackendsTest {
  @ParameterizedTest
  @CsvSource({"0", "1"})
  void anIdempotentRequestOfWhichMoreWasSentThanIsKeptIsNotRepeated(long bufferBytes)
      throws Exception {
    retry(RetrySpec.DEFAULT.on(), bufferBytes, false);
    try (Wire client = rig.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
      Wire first = backend.take();
      first.head();
      first.bytes(2);
      first.close();
      assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("connection-reset");
      awaitEvents("RESET");
    }
  }

  @Test
  void aBodyOfWhichAPartWasSentAndKeptIsSentFromItsBeginning() throws Exception {
    retry(RetrySpec.DEFAULT.on(), 2, false);
    try (Wire client = rig.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
      Wire first = backend.take();
      first.head();
      first.bytes(2);
      first.close();
      Wire server = second.take();
      assertThat(server.head()).contains("Content-Length: 5");
      assertThat(server.bytes(2)).isEqualTo("he");
      client.send("llo");
      assertThat(server.bytes(3)).isEqualTo("llo");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
      client.send(GET);
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).as("the connection goes on").endsWith("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 5|hello", "Transfer-Encoding: chunked|5~hello~0~~"})
  void aBodyThatWasSentWholeIsSentAgain(String framingAndBody) throws Exception {
    String framing = framingAndBody.split("\\|", -1)[0];
    String body = framingAndBody.split("\\|", -1)[1].replace("~", "\r\n");
    String end = body.substring(body.length() - 5);
    try (Wire client = rig.client()) {
      client.send(head("PUT / HTTP/1.1", "Host: a", framing) + body);
      Wire first = backend.take();
      assertThat(first.head()).contains(framing);
      String sent = first.until(end);
      assertThat(sent).contains("hello");
      first.close();
      Wire server = second.take();
      assertThat(server.head()).contains(framing);
      assertThat(server.until(end)).isEqualTo(sent);
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
    }
  }

  @Test
  void aBodyLargerThanManyBuffersIsSentAgain() throws Exception {
    int length = 1_500_000;
    retry(RetrySpec.DEFAULT.on(), 2_000_000, false);
    byte[] body = new byte[length];
    new Random(3).nextBytes(body);
    String sent = new String(body, StandardCharsets.ISO_8859_1);
    try (Wire client = rig.client()) {
      client.send(head("PUT / HTTP/1.1", "Host: a", "Content-Length: " + length));
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.send(body);
                } catch (java.io.IOException e) {
                  // The assertions below say it.
                }
              });
      sender.start();
      Wire first = backend.take();
      first.head();
      assertThat(first.bytes(length)).isEqualTo(sent);
      first.close();
      Wire server = second.take();
      server.head();
      assertThat(server.bytes(length)).isEqualTo(sent);
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      sender.join();
    }
  }

  @Test
  void anIdempotentRequestWhoseBodyWasNotTakenYetIsRepeatedWithIt() throws Exception {
    try (Wire client = rig.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
      Wire first = backend.take();
      first.head();
      first.close();
      Wire server = second.take();
      client.send("hello");
      assertThat(server.head()).contains("Content-Length: 5");
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "SERVED");
    }
  }

  /**
   * A PUT whose first backend closes with the body untouched, and whose retry waits in the queue.
   */
  private void putWhoseRetryWaits(Wire client, String head) throws Exception {
    client.send(head);
    Wire first = backend.take();
    first.head();
    director.holds = true;
    first.close();
    awaitEvents("retry RESET", "queued");
  }

  @Test
  void aBodyThatComesAfterARetryHadToWaitIsSent() throws Exception {
    try (Wire client = rig.client()) {
      putWhoseRetryWaits(client, PUT);
      rig.onIoThread();
      director.grantFirst();
      Wire server = second.take();
      server.head();
      client.send("hel");
      assertThat(server.bytes(3)).isEqualTo("hel");
      client.send("lo");
      assertThat(server.bytes(2)).isEqualTo("lo");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "queued", "SERVED");
    }
  }

  @Test
  void aBodyOfWhichSomeComesWhileARetryWaitsIsSent() throws Exception {
    try (Wire client = rig.client()) {
      putWhoseRetryWaits(client, PUT);
      client.send("hel");
      rig.onIoThread();
      director.grantFirst();
      Wire server = second.take();
      server.head();
      assertThat(server.bytes(3)).isEqualTo("hel");
      client.send("lo");
      assertThat(server.bytes(2)).isEqualTo("lo");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      client.send(GET);
      awaitEvents("retry RESET", "queued", "SERVED", "queued");
    }
  }

  @Test
  void aBackendThatAsksForTheBodyAfterARetryHadToWaitGetsIt() throws Exception {
    try (Wire client = rig.client()) {
      putWhoseRetryWaits(client, PUT.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
      director.grantFirst();
      Wire server = second.take();
      server.head();
      server.send("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.send("hello");
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry RESET", "queued", "SERVED");
    }
  }
}
