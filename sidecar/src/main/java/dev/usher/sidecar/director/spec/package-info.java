/**
 * What a director is to be: values that cannot be wrong. Made by the configuration and the API,
 * read by everybody. [any]
 */
@NullMarked
package dev.usher.sidecar.director.spec;

import org.jspecify.annotations.NullMarked;
