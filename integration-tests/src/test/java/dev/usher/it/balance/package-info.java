/** Which backend serves: schedulers, roles, capacity, pinned requests. */
@NullMarked
package dev.usher.it.balance;

import org.jspecify.annotations.NullMarked;
