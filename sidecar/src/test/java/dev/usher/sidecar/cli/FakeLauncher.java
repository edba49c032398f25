package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.ListenAddress;
import dev.usher.sidecar.config.UsherConfig;
import dev.usher.sidecar.director.Directors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Launches nothing and remembers what it was asked for. */
final class FakeLauncher implements SidecarLauncher {
  final List<UsherConfig> launched = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  private @Nullable Throwable failure;

  void failWith(Throwable why) {
    failure = why;
  }

  @Override
  public RunningSidecar launch(UsherConfig config) throws IOException {
    launched.add(config);
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException bug) {
      throw bug;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return new Running(config);
  }

  private final class Running implements RunningSidecar {
    private final UsherConfig config;

    Running(UsherConfig config) {
      this.config = config;
    }

    @Override
    public List<InetSocketAddress> listeners() {
      return config.listeners().stream().map(Running::bound).toList();
    }

    @Override
    public InetSocketAddress admin() {
      return bound(config.admin());
    }

    /** A free port is 4711. */
    private static InetSocketAddress bound(ListenAddress address) {
      int port = address.port() == 0 ? 4711 : address.port();
      try {
        return new InetSocketAddress(InetAddress.getByName(address.address()), port);
      } catch (java.net.UnknownHostException e) {
        throw new IllegalArgumentException("not a literal: " + address, e);
      }
    }

    @Override
    public Directors directors() {
      throw new UnsupportedOperationException("there are none");
    }

    @Override
    public void drain() {
      calls.add("drain");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
