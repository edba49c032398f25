/** The command line as a user meets it. */
@NullMarked
package dev.usher.it.cli;

import org.jspecify.annotations.NullMarked;
