package dev.usher.sidecar.http;

import dev.usher.sidecar.protocol.Tickers;
import dev.usher.sidecar.protocol.Upstream;

/** What every passage needs. */
record Forwarding(Upstream upstream, Tickers tickers, RequestGuard guard) {}
