/**
 * What the admin API needs of HTTP and what knows no director: who may call, bodies and their
 * limits, fields, preconditions, answers and errors. {@link Guard} and {@link Bodies} run on the
 * exchange's IO thread [io], all else on a worker [w].
 */
@NullMarked
package dev.usher.sidecar.admin.web;

import org.jspecify.annotations.NullMarked;
