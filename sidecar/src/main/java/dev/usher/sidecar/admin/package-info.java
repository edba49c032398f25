/**
 * The admin API: a table of routes, a resource for each kind of object, JSON views. Called by the
 * server's worker threads [w], never by an IO thread; sees directors by their handles,
 * specifications and snapshots only. The next specification is computed here, away from the
 * director, and put in force if nobody was faster.
 */
@NullMarked
package dev.usher.sidecar.admin;

import org.jspecify.annotations.NullMarked;
