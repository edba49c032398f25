package dev.usher.sidecar.director.core;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The leases that are out on one backend, in no particular order. A lease knows its place, so that
 * coming and leaving allocate nothing. [S]
 */
final class Leases {
  private static final int FIRST_SIZE = 16;

  private @Nullable Grant[] grants = new Grant[FIRST_SIZE];
  private int size;

  void add(Grant grant) {
    if (size == grants.length) {
      grants = Arrays.copyOf(grants, size * 2);
    }
    put(size, grant);
    size++;
  }

  void remove(Grant grant) {
    int hole = grant.leaseIndex;
    if (hole < 0 || hole >= size || grants[hole] != grant) {
      throw new IllegalStateException("leases: a grant is not where it says");
    }
    size--;
    put(hole, at(size));
    grants[size] = null;
    grant.leaseIndex = Grant.NOT_OUT;
  }

  /** Calls {@code each} for every lease; it must not add or remove any. */
  void forEach(Consumer<Grant> each) {
    for (int index = 0; index < size; index++) {
      each.accept(at(index));
    }
  }

  private void put(int index, Grant grant) {
    grants[index] = grant;
    grant.leaseIndex = index;
  }

  private Grant at(int index) {
    Grant grant = grants[index];
    if (grant == null) {
      throw new IllegalStateException("leases: a hole at " + index);
    }
    return grant;
  }
}
