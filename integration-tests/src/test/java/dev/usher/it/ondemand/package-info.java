/** Directors on demand: for a Host and port, through the API or from the template. */
@NullMarked
package dev.usher.it.ondemand;

import org.jspecify.annotations.NullMarked;
