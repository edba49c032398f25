/**
 * The long run under the profile {@code bench}: backends die and come back, clients leave, and in
 * the end nothing is lost and nothing is left.
 */
@NullMarked
package dev.usher.it.soak;

import org.jspecify.annotations.NullMarked;
