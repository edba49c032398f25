/** The admin API: routes, resources, views. [w] */
@NullMarked
package dev.usher.sidecar.admin;

import org.jspecify.annotations.NullMarked;
