package dev.usher.sidecar.shaper;

import java.util.Arrays;

/**
 * The children of a bucket, and its own leaf, under which someone waits: a binary heap, on top the
 * one whose champion comes first.
 */
final class Sides {
  private static final Node[] NOBODY = {};

  private Node[] heap = NOBODY;
  private int size;

  int size() {
    return size;
  }

  Node get(int place) {
    return heap[place];
  }

  void clear() {
    heap = NOBODY;
    size = 0;
  }

  /** Puts a side where it belongs now: in, out, up or down. */
  void update(Node side) {
    if (side.waiting == 0) {
      remove(side);
      return;
    }
    if (side.place == Node.NOT_WAITING) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, Math.max(4, 2 * size));
      }
      put(side, size++);
    }
    down(side, up(side, side.place));
  }

  private void remove(Node side) {
    if (side.place == Node.NOT_WAITING) {
      return;
    }
    Node last = heap[--size];
    int hole = side.place;
    side.place = Node.NOT_WAITING;
    if (last != side) {
      down(last, up(last, hole));
    }
  }

  /** Returns the place where the side now is. */
  private int up(Node side, int from) {
    int place = from;
    while (place > 0 && Contest.isBefore(side, heap[(place - 1) / 2])) {
      put(heap[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    put(side, place);
    return place;
  }

  private void down(Node side, int from) {
    int place = from;
    for (int below = first(place); below < size; below = first(place)) {
      if (!Contest.isBefore(heap[below], side)) {
        break;
      }
      put(heap[below], place);
      place = below;
    }
    put(side, place);
  }

  /** The place of the better of the two sides under a place; not below {@link #size} if none. */
  private int first(int place) {
    int left = 2 * place + 1;
    boolean rightIsBetter = left + 1 < size && Contest.isBefore(heap[left + 1], heap[left]);
    return rightIsBetter ? left + 1 : left;
  }

  private void put(Node side, int place) {
    heap[place] = side;
    side.place = place;
  }
}
