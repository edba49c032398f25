/** The admin API, every route and every refusal. */
@NullMarked
package dev.usher.it.admin;

import org.jspecify.annotations.NullMarked;
