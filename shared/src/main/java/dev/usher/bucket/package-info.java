/** Bucket names and the tag header that carries them. Any thread; JDK only. */
@NullMarked
package dev.usher.bucket;

import org.jspecify.annotations.NullMarked;
