/** What can be seen of directors from outside: snapshots. [any] */
@NullMarked
package dev.usher.sidecar.director.view;

import org.jspecify.annotations.NullMarked;
