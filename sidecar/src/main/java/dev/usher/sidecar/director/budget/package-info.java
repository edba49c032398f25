/** What retries may cost, bucket by bucket. Asked by the director's core, on its strand. [S] */
@NullMarked
package dev.usher.sidecar.director.budget;

import org.jspecify.annotations.NullMarked;
