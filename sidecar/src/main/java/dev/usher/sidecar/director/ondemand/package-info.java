/**
 * Directors that a request makes: the template, what a host and port make of it, and the name of
 * what comes of that. Read from the configuration [any], applied on IO threads [io]; no state.
 */
@NullMarked
package dev.usher.sidecar.director.ondemand;

import org.jspecify.annotations.NullMarked;
