/**
 * The command line: each command is a class of its own and an exit status (0 fine, 1 failed at
 * work, 2 wrong use or configuration). It knows the sidecar through ports only, which the
 * composition root implements. [main]
 */
@NullMarked
package dev.usher.sidecar.cli;

import org.jspecify.annotations.NullMarked;
