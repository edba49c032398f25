/**
 * All directors: who has which name and endpoint, changes of several at once, directors that
 * requests make from the template. Called by the API, the pipeline and the composition root. [any]
 */
@NullMarked
package dev.usher.sidecar.director.registry;

import org.jspecify.annotations.NullMarked;
