package dev.usher.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A peer in C.
 *
 * @param config with places for the lines of the servers and for the own port
 * @param server the line of one server
 * @param command what starts it in the foreground; the configuration's path follows
 */
record NativeProxy(String name, String config, IntFunction<String> server, List<String> command)
    implements Candidate {

  static final NativeProxy HAPROXY =
      new NativeProxy(
          "haproxy",
          """
          global
            nbthread 1
            maxconn 4096
          defaults
            mode http
            option http-keep-alive
            option forwardfor
            http-reuse always
            timeout connect 4s
            timeout client 600s
            timeout server 30s
          frontend in
            bind 127.0.0.1:%2$d backlog 1024
            default_backend origins
          backend origins
            balance roundrobin
          %1$s
          """,
          port -> "  server o%1$d 127.0.0.1:%1$d".formatted(port),
          List.of("haproxy", "-db", "-f"));

  /** With buffers as large as the largest message, so that nothing goes through a file. */
  static final NativeProxy NGINX =
      new NativeProxy(
          "nginx",
          """
          worker_processes 1;
          daemon off;
          master_process off;
          pid nginx.pid;
          error_log stderr error;
          events { worker_connections 4096; }
          http {
            access_log off;
            keepalive_requests 1000000000;
            keepalive_timeout 600s;
            tcp_nodelay on;
            client_body_buffer_size 32k;
            client_body_temp_path tmp_body; proxy_temp_path tmp_proxy; fastcgi_temp_path tmp_f;
            uwsgi_temp_path tmp_u; scgi_temp_path tmp_s;
            upstream origins {
          %1$s
              keepalive 256;
              keepalive_requests 1000000000;
            }
            server {
              listen 127.0.0.1:%2$d backlog=1024;
              location / {
                proxy_pass http://origins;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_buffers 8 16k;
                proxy_max_temp_file_size 0;
              }
            }
          }
          """,
          port -> "    server 127.0.0.1:" + port + ";",
          List.of("nginx", "-p", ".", "-c"));

  @Override
  public Running start(Path folder, int port, List<Integer> origins) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + ".conf");
    String servers = origins.stream().map(server::apply).collect(Collectors.joining("\n"));
    Files.writeString(file, config.formatted(servers, port));
    List<String> line = new ArrayList<>(command);
    line.add(file.toString());
    return Running.start(name, folder, port, line);
  }
}
