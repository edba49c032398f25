/** What happens as Prometheus reads it: snapshots of the moment of the scrape. [w] */
@NullMarked
package dev.usher.sidecar.admin.metrics;

import org.jspecify.annotations.NullMarked;
