/**
 * What a change makes of a director, without making it: the same functions serve a request that
 * changes one object and a transaction of many. Called by workers [w]; knows no answer, only what
 * is in force and what shall be.
 */
@NullMarked
package dev.usher.sidecar.admin.amend;

import org.jspecify.annotations.NullMarked;
