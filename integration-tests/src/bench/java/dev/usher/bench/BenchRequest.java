package dev.usher.bench;

import dev.usher.sidecar.shaper.Waiter;

final class BenchRequest extends Waiter {}
