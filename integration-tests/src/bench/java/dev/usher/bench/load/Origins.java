package dev.usher.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The origins: one nginx that answers on four ports, so that it looks like four backends. */
final class Origins {
  static final int COUNT = 4;

  private Origins() {}

  static Running start(Path folder, List<Integer> ports) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("1k"), new byte[1024]);
    Files.write(folder.resolve("64k"), new byte[64 * 1024]);
    Path config = folder.resolve("origin.conf");
    String listens =
        ports.stream()
            .map(port -> "    listen 127.0.0.1:" + port + " backlog=1024;")
            .collect(Collectors.joining("\n"));
    Files.writeString(
        config,
        """
      worker_processes 1;
      daemon off;
      master_process off;
      pid origin.pid;
      error_log stderr error;
      events { worker_connections 4096; }
      http {
        access_log off;
        default_type application/octet-stream;
        keepalive_requests 1000000000;
        keepalive_timeout 600s;
        sendfile on;
        tcp_nodelay on;
        open_file_cache max=16 inactive=600s;
        open_file_cache_valid 600s;
        client_body_buffer_size 32k;
        client_body_temp_path tmp_body; proxy_temp_path tmp_proxy; fastcgi_temp_path tmp_f;
        uwsgi_temp_path tmp_u; scgi_temp_path tmp_s;
        server {
      %s
          root %s;
          location = /post { return 200 ""; }
        }
      }
      """
            .formatted(listens, folder));
    return Running.start(
        "origins",
        folder,
        ports.get(0),
        List.of("nginx", "-p", folder.toString(), "-c", config.toString()));
  }
}
