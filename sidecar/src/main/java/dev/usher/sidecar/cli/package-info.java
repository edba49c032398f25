/** The picocli commands. [main] */
@NullMarked
package dev.usher.sidecar.cli;

import org.jspecify.annotations.NullMarked;
