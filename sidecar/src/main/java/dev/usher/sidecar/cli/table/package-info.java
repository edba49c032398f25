/** Tables for people who read a terminal. Who shows something in rows calls it. */
@NullMarked
package dev.usher.sidecar.cli.table;

import org.jspecify.annotations.NullMarked;
