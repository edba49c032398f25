/**
 * {@code usher ctl}: the admin API from the shell, a class for each verb. A verb reads its
 * arguments, asks the API and prints; it knows a sidecar by its API only. [main]
 */
@NullMarked
package dev.usher.sidecar.cli.ctl;

import org.jspecify.annotations.NullMarked;
