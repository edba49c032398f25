package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import io.undertow.UndertowOptions;
import io.undertow.client.ClientConnection;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** A connection to a backend: Undertow's HTTP/1.1 client on top of {@link ResponseFilter}. */
final class BackendConnection {
  private static final OptionMap OPTIONS = OptionMap.create(UndertowOptions.ENABLE_HTTP2, false);
  private static final MethodHandle NEW_CLIENT = newClient();

  final Target target;
  final ClientConnection client;
  final ResponseFilter filter;
  private final StreamConnection stream;

  /** Since when it is in its pool. */
  long idleSinceNanos;

  private BackendConnection(
      Target target, StreamConnection stream, ResponseFilter filter, ClientConnection client) {
    this.target = target;
    this.stream = stream;
    this.filter = filter;
    this.client = client;
  }

  static BackendConnection over(StreamConnection stream, Target target, ByteBufferPool buffers) {
    ResponseFilter filter = new ResponseFilter(stream.getSourceChannel().getConduit(), buffers);
    stream.getSourceChannel().setConduit(filter);
    return new BackendConnection(target, stream, filter, client(stream, buffers));
  }

  /** Whether it can still carry a request. */
  boolean isOpen() {
    return client.isOpen() && !stream.isWriteShutdown();
  }

  /** Whether an idle connection is still good, and nothing has come on it: asked of the kernel. */
  boolean isAlive() {
    try {
      return isOpen() && stream.getSourceChannel().read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Closes the socket at once; unlike the client's own close this never ends a message cleanly. */
  void close() {
    IoUtils.safeClose(stream);
    filter.free();
  }

  private static ClientConnection client(StreamConnection stream, ByteBufferPool buffers) {
    try {
      return (ClientConnection) NEW_CLIENT.invoke(stream, OPTIONS, buffers);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("Undertow's HttpClientConnection cannot be made", e);
    }
  }

  /**
   * UndertowClient opens the socket itself and lets nobody between it and the parser, so its
   * connection is made here, by the constructor that it uses.
   */
  private static MethodHandle newClient() {
    try {
      Class<?> type = Class.forName("io.undertow.client.http.HttpClientConnection");
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(
              type,
              MethodType.methodType(
                  void.class, StreamConnection.class, OptionMap.class, ByteBufferPool.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Undertow has no HttpClientConnection as known", e);
    }
  }
}
