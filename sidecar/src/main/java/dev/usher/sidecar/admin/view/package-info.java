/** What the admin API shows: snapshots as JSON, pure functions of their arguments. [w] */
@NullMarked
package dev.usher.sidecar.admin.view;

import org.jspecify.annotations.NullMarked;
