package dev.usher.sidecar.director.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Waiting jobs by deadline: a binary heap in which every job knows its place, so that one that
 * leaves early is taken out in O(log n). [S]
 */
final class DeadlineQueue {
  private static final int FIRST_SIZE = 16;

  private @Nullable Job[] heap = new Job[FIRST_SIZE];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The job whose deadline comes first; null when none waits. */
  @Nullable Job first() {
    return heap[0];
  }

  void add(Job job) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    size++;
    siftUp(size - 1, job);
  }

  void remove(Job job) {
    int hole = job.deadlineIndex;
    if (hole < 0 || hole >= size || heap[hole] != job) {
      throw new IllegalStateException("deadline queue: a job is not where it says");
    }
    size--;
    Job moved = at(size);
    heap[size] = null;
    job.deadlineIndex = Job.NOT_IN_QUEUE;
    if (moved != job) {
      siftUp(siftDown(hole, moved), moved);
    }
  }

  private void siftUp(int start, Job job) {
    int index = start;
    while (index > 0) {
      int parent = (index - 1) / 2;
      if (!isEarlier(job, at(parent))) {
        break;
      }
      put(index, at(parent));
      index = parent;
    }
    put(index, job);
  }

  /** Returns where {@code job} came to lie. */
  private int siftDown(int start, Job job) {
    int index = start;
    while (true) {
      int child = 2 * index + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && isEarlier(at(child + 1), at(child))) {
        child++;
      }
      if (!isEarlier(at(child), job)) {
        break;
      }
      put(index, at(child));
      index = child;
    }
    put(index, job);
    return index;
  }

  private void put(int index, Job job) {
    heap[index] = job;
    job.deadlineIndex = index;
  }

  private Job at(int index) {
    Job job = heap[index];
    if (job == null) {
      throw new IllegalStateException("deadline queue: a hole at " + index);
    }
    return job;
  }

  private static boolean isEarlier(Job a, Job b) {
    return a.deadlineNanos - b.deadlineNanos < 0;
  }
}
