/**
 * Several changes as one: reads them, makes drafts of all directors that they touch, tells every
 * complaint at once or what changes. Pure functions of a request and of what is in force; putting
 * it in force is for the caller. [w]
 */
@NullMarked
package dev.usher.sidecar.admin.transaction;

import org.jspecify.annotations.NullMarked;
