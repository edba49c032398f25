/**
 * Backends that answer, but worse than they should: taken out for some time, tried again with one
 * request. Judged by how real requests end; what the sidecar answers itself never gets here. [S]
 */
@NullMarked
package dev.usher.sidecar.health.outlier;

import org.jspecify.annotations.NullMarked;
