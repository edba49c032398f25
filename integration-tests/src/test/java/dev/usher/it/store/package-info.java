/** What survives the process: each test has a data folder, and kills what writes to it. */
@NullMarked
package dev.usher.it.store;

import org.jspecify.annotations.NullMarked;
