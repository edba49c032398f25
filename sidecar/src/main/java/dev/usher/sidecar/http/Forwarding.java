package dev.usher.sidecar.http;

import dev.usher.sidecar.protocol.Tickers;
import dev.usher.sidecar.protocol.Upstream;

/** What every passage needs. */
record Forwarding(Router router, Upstream upstream, Tickers tickers, RequestGuard guard) {}
