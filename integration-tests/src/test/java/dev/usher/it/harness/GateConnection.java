package dev.usher.it.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** One connection of a backend: reads requests one after the other and notices its end. */
final class GateConnection {
  private final GateBackend backend;
  private final Socket socket;
  private @Nullable Arrival last;

  GateConnection(GateBackend backend, Socket socket) {
    this.backend = backend;
    this.socket = socket;
  }

  void run() {
    try (socket) {
      HttpInput in = new HttpInput(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
      Head head = in.readHead();
      while (head != null) {
        Arrival arrival = new Arrival(backend, socket, head);
        last = arrival;
        backend.arrived(arrival);
        readBody(in, arrival);
        backend.bodyRead(arrival);
        head = in.readHead();
      }
    } catch (IOException | UncheckedIOException e) {
      backend.note(e.toString());
    } finally {
      Arrival unfinished = last;
      if (unfinished != null) {
        unfinished.connectionEnded();
        unfinished.bodyEnded(unfinished.bodyComplete());
      }
    }
  }

  private void readBody(HttpInput in, Arrival arrival) throws IOException {
    Head head = arrival.head();
    if (head.get("Expect").equalsIgnoreCase("100-continue")) {
      arrival.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    backend.awaitReading();
    if (head.get("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      in.copyChunked(arrival.body());
    } else if (head.has("Content-Length")) {
      in.copyFixed(Long.parseLong(head.get("Content-Length")), arrival.body());
    }
    arrival.bodyEnded(true);
  }
}
