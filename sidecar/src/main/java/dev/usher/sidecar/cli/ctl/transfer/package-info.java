/**
 * All directors of a sidecar into one YAML file of the configuration's shape, and out of it into a
 * sidecar. Called by {@code usher ctl export} and {@code import}. [main]
 */
@NullMarked
package dev.usher.sidecar.cli.ctl.transfer;

import org.jspecify.annotations.NullMarked;
