package dev.usher.sidecar.admin.metrics;

import io.prometheus.metrics.model.snapshots.Labels;

/** Something that metrics are about, and the labels by which it is told from its like. */
record Labelled<T>(Labels labels, T value) {}
