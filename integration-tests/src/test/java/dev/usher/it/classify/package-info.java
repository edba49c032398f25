/** Routes and tags: which director and bucket a request belongs to. */
@NullMarked
package dev.usher.it.classify;

import org.jspecify.annotations.NullMarked;
