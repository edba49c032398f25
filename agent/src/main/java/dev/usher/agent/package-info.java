/** The Java agent. Its issue has not been built: the premain says so and touches nothing. */
@NullMarked
package dev.usher.agent;

import org.jspecify.annotations.NullMarked;
