package dev.usher.bench.load;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.URI;
import org.xnio.OptionMap;
import org.xnio.Options;

/** A proxy as one writes it with what Undertow brings: the peer that Usher's own forwarder left. */
public final class UndertowPeer {
  private static final int BUFFER_BYTES = 16 * 1024 - 20;

  private UndertowPeer() {}

  /** Arguments: connections to each backend, own port, ports of the backends. */
  public static void main(String[] args) {
    LoadBalancingProxyClient balancer =
        new LoadBalancingProxyClient().setConnectionsPerThread(Integer.parseInt(args[0]));
    for (int i = 2; i < args.length; i++) {
      // Without this, not its default, a body waits for the acknowledgement of its head: 40 ms.
      URI backend = URI.create("http://127.0.0.1:" + args[i]);
      balancer.addHost(backend, null, null, OptionMap.create(Options.TCP_NODELAY, true));
    }
    ProxyHandler handler =
        ProxyHandler.builder().setProxyClient(balancer).setMaxRequestTime(30_000).build();
    Undertow.builder()
        .addHttpListener(Integer.parseInt(args[1]), "127.0.0.1")
        .setIoThreads(1)
        .setBufferSize(BUFFER_BYTES)
        .setDirectBuffers(true)
        .setHandler(handler)
        .build()
        .start();
  }
}
