/**
 * Answers of the admin API as lines of text: pure functions, no colours, the same on a terminal and
 * in a pipe. Called by the commands of {@code usher ctl}. [any]
 */
@NullMarked
package dev.usher.sidecar.cli.ctl.show;

import org.jspecify.annotations.NullMarked;
