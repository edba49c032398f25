/** Whether a backend answers. The probe is a port; time is an argument. [S] */
@NullMarked
package dev.usher.sidecar.health;

import org.jspecify.annotations.NullMarked;
