package dev.usher.sidecar.http;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.protocol.Upstream;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/** Lets a test act at the last moment before a head is sent. */
final class WatchedUpstream implements Upstream {
  volatile Runnable beforeSending = () -> {};
  private final Upstream upstream;

  WatchedUpstream(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public Call call(XnioIoThread thread, Target target, ClientRequest request, Listener listener) {
    return upstream.call(thread, target, request, new Watched(listener));
  }

  private final class Watched implements Listener {
    private final Listener listener;

    Watched(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void onReady(HeaderMap head) {
      beforeSending.run();
      listener.onReady(head);
    }

    @Override
    public void onConnected(StreamSinkChannel body) {
      listener.onConnected(body);
    }

    @Override
    public void onHeard() {
      listener.onHeard();
    }

    @Override
    public void onContinue() {
      listener.onContinue();
    }

    @Override
    public void onResponse(ClientResponse response, StreamSourceChannel body) {
      listener.onResponse(response, body);
    }

    @Override
    public void onFailed(Failure failure, IOException cause) {
      listener.onFailed(failure, cause);
    }
  }
}
