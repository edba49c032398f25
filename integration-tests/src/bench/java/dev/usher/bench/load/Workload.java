package dev.usher.bench.load;

/** What wrk asks for. */
enum Workload {
  GET_1K("GET, 1 KiB answer", "/1k", ""),
  GET_64K("GET, 64 KiB answer", "/64k", ""),
  POST_16K(
      "POST, 16 KiB body, empty answer",
      "/post",
      """
      wrk.method = "POST"
      wrk.body = string.rep("x", 16384)
      """);

  final String title;
  final String path;

  /** Lua for wrk that makes the request. */
  final String script;

  Workload(String title, String path, String script) {
    this.title = title;
    this.path = path;
    this.script = script;
  }
}
