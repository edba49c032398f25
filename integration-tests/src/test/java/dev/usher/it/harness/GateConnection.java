package dev.usher.it.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** One connection of a backend: reads requests one after the other and notices its end. */
final class GateConnection {
  private final GateBackend backend;
  private final Socket socket;
  private volatile boolean closed;
  private @Nullable Arrival last;

  GateConnection(GateBackend backend, Socket socket) {
    this.backend = backend;
    this.socket = socket;
  }

  void run() {
    try (socket) {
      HttpInput in = new HttpInput(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
      Head head = in.readHead();
      while (head != null && !closed) {
        Arrival arrival = new Arrival(backend, this, socket, head, last != null);
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

  /**
   * Ends the connection, in good order (FIN) or {@code hard} (RST). A socket that is closed under
   * its reader lives on until the reader has let go and may take one more request meanwhile: that
   * is none that arrived. Any thread.
   */
  void close(boolean hard) throws IOException {
    closed = true;
    try (socket) {
      if (hard) {
        socket.setSoLinger(true, 0);
      } else {
        socket.shutdownOutput();
      }
    } catch (SocketException overAlready) {
      backend.note(overAlready.toString());
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
