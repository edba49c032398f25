/**
 * Documents as text: what the admin API answers, read into the values of {@code config.document},
 * and such values written as YAML that the configuration's reader reads. Called by the command line
 * [any], never on an IO thread.
 */
@NullMarked
package dev.usher.sidecar.config.text;

import org.jspecify.annotations.NullMarked;
