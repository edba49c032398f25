/** {@code usher inspect}: what a data folder holds, for people to read or as JSON. */
@NullMarked
package dev.usher.sidecar.cli.inspect;

import org.jspecify.annotations.NullMarked;
