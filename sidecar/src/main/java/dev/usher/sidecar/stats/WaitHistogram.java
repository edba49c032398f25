package dev.usher.sidecar.stats;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts waiting times in cells whose width grows with the value: 16 cells to each power of two, so
 * that the middle of a cell is within 1/32 (3.2 %) of everything in it. Written by one thread, read
 * by any: a snapshot may miss the writes of its own moment, never older ones. A histogram that has
 * seen only zeros, as that of a bucket nobody ever waited in, has no cells; else they take 200
 * bytes, and 160 for each power of two that was seen, 6 KiB at most.
 */
public final class WaitHistogram {
  private static final int CELLS_PER_OCTAVE_BITS = 4;
  private static final int CELLS_PER_OCTAVE = 1 << CELLS_PER_OCTAVE_BITS;

  /** Longer waits (73 minutes) are counted in the last cell; max and total stay exact. */
  static final long LONGEST_NANOS = (1L << 42) - 1;

  private static final int CELLS = cellOf(LONGEST_NANOS) + 1;
  private static final int ROWS = CELLS / CELLS_PER_OCTAVE;

  private final AtomicLong zeros = new AtomicLong();
  private final AtomicLong max = new AtomicLong();
  private final AtomicLong total = new AtomicLong();

  /** Cells by power of two; where nothing was seen there is null. */
  private volatile @Nullable AtomicReferenceArray<AtomicLongArray> rows;

  /** Counts one wait. By the one writing thread; a negative time counts as zero. */
  public void record(long nanos) {
    if (nanos <= 0) {
      zeros.setOpaque(zeros.getPlain() + 1);
      return;
    }
    if (nanos > max.getPlain()) {
      max.setOpaque(nanos);
    }
    total.setOpaque(total.getPlain() + nanos);
    int cell = cellOf(Math.min(nanos, LONGEST_NANOS));
    AtomicLongArray row = row(cell >> CELLS_PER_OCTAVE_BITS);
    int place = cell & (CELLS_PER_OCTAVE - 1);
    row.setOpaque(place, row.getPlain(place) + 1);
  }

  private AtomicLongArray row(int number) {
    AtomicReferenceArray<AtomicLongArray> all = rows;
    if (all == null) {
      all = new AtomicReferenceArray<>(ROWS);
      rows = all;
    }
    AtomicLongArray row = all.getPlain(number);
    if (row == null) {
      row = new AtomicLongArray(CELLS_PER_OCTAVE);
      all.setRelease(number, row);
    }
    return row;
  }

  /** What was recorded so far. By any thread. */
  public Wait snapshot() {
    long none = zeros.getOpaque();
    long[] counts = copyOfCells();
    long count = none;
    for (long each : counts) {
      count += each;
    }
    long longest = max.getOpaque();
    return new Wait(
        count,
        Math.min(longest, quantile(none, counts, rank(count, 50))),
        Math.min(longest, quantile(none, counts, rank(count, 99))),
        longest,
        total.getOpaque());
  }

  private long[] copyOfCells() {
    AtomicReferenceArray<AtomicLongArray> all = rows;
    long[] copy = new long[all == null ? 0 : CELLS];
    for (int cell = 0; cell < copy.length; cell++) {
      AtomicLongArray row = all == null ? null : all.getAcquire(cell >> CELLS_PER_OCTAVE_BITS);
      copy[cell] = row == null ? 0 : row.getOpaque(cell & (CELLS_PER_OCTAVE - 1));
    }
    return copy;
  }

  /** How many waits must lie at or below the percentile, rounded up. */
  private static long rank(long count, int percentile) {
    return count / 100 * percentile + (count % 100 * percentile + 99) / 100;
  }

  private static long quantile(long none, long[] counts, long rank) {
    long seen = none;
    for (int cell = 0; cell < counts.length && seen < rank; cell++) {
      seen += counts[cell];
      if (seen >= rank) {
        return middleOf(cell);
      }
    }
    return 0;
  }

  /** Values below 16 have a cell each; from there on the top five bits of the value choose it. */
  private static int cellOf(long nanos) {
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos | (CELLS_PER_OCTAVE - 1));
    int shift = Math.max(0, octave - CELLS_PER_OCTAVE_BITS);
    return (shift << CELLS_PER_OCTAVE_BITS) + (int) (nanos >>> shift);
  }

  private static long middleOf(int cell) {
    int shift = Math.max(0, (cell >> CELLS_PER_OCTAVE_BITS) - 1);
    long lowest = (long) (cell - (shift << CELLS_PER_OCTAVE_BITS)) << shift;
    return lowest + ((1L << shift) - 1) / 2;
  }
}
