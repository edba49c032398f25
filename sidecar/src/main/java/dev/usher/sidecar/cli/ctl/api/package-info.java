/**
 * The admin API from the outside: paths of objects as a shell's user writes them, requests and what
 * comes of them. Called by the commands of {@code usher ctl}. [main]
 */
@NullMarked
package dev.usher.sidecar.cli.ctl.api;

import org.jspecify.annotations.NullMarked;
