/** The host and port that a director on demand answers for, in one spelling. [any] */
@NullMarked
package dev.usher.sidecar.director.endpoint;

import org.jspecify.annotations.NullMarked;
