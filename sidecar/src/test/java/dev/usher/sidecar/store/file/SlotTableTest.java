package dev.usher.sidecar.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.store.record.Census;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTableTest {
  private final SlotTable table = new SlotTable(new Sizing(100, 1_000));

  @Test
  void slots_take_turns() {
    for (long sequence = 1; sequence < 7; sequence++) {
      byte slot = (byte) ((sequence - 1) % 2);
      assertThat(table.nextSlot("a")).containsExactly('a', slot);
      table.written("a", sequence, 10, true);
    }
  }

  @Test
  void what_a_version_replaces_makes_room() {
    table.written("a", 1, 10, true);
    assertThat(table.newEntries("a")).isEqualTo(1);
    assertThat(table.growth("a", 30)).isEqualTo(30);
    table.written("a", 2, 30, true);
    assertThat(table.newEntries("a")).isZero();
    assertThat(table.growth("a", 25)).isEqualTo(15);
    table.written("a", 3, 25, true);
    assertThat(table.usage().usedEntries()).isEqualTo(2);
    assertThat(table.usage().usedBytes()).isEqualTo(55 * Sizing.CHUNK_BYTES);
    assertThat(table.fill(0, 0)).isEqualTo(0.055);
    assertThat(table.fill(50, 0)).isEqualTo(0.52);
    table.otherEntry(1, 100);
    assertThat(table.fill(0, 0)).isEqualTo(0.155);
    table.otherEntry(-1, 100);
    assertThat(table.fill(0, 0)).isEqualTo(0.055);
  }

  @Test
  void the_census_follows_what_lives() {
    Census one = Census.EMPTY.with("a", 1);
    assertThat(table.after(Census.EMPTY, "a", 1, true)).isEqualTo(one);
    table.written("a", 1, 10, true);
    table.written("b", 2, 10, true);
    assertThat(table.census()).isEqualTo(Census.EMPTY.with("b", 2).with("a", 1));
    table.written("b", 3, 10, true);
    assertThat(table.census()).isEqualTo(one.with("b", 3)).isNotEqualTo(one.with("b", 2));
    table.written("b", 4, 1, false);
    assertThat(table.isLive("b")).isFalse();
    table.written("b", 5, 1, false);
    assertThat(table.census()).isEqualTo(one);
  }

  @ParameterizedTest(name = "after {0} versions, of which {1} are on the disk: {2}")
  @CsvSource({
    "0, 0, false",
    "1, 0, false",
    "1, 1, false",
    "2, 0, true",
    "2, 1, true",
    "2, 2, false",
    "3, 2, true",
    "3, 3, false",
  })
  void a_version_on_the_disk_is_not_replaced_before_the_next_one_is_there_too(
      int versions, int forced, boolean expected) {
    for (int sequence = 1; sequence <= versions; sequence++) {
      table.written("a", sequence, 10, true);
    }
    assertThat(table.wouldReplaceForced("a", forced)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} entries of {1} chunks make {2} of {3}")
  @CsvSource({
    "0, 0, 1024, 4096",
    "256, 1024, 1024, 4096",
    "257, 1025, 1028, 4100",
    "10000, 400000, 40000, 1600000",
  })
  void a_file_is_made_four_times_as_large_as_what_is_in_it(
      long entries, long chunks, long entryCapacity, long chunkCapacity) {
    assertThat(Sizing.forContent(entries, chunks))
        .isEqualTo(new Sizing(entryCapacity, chunkCapacity));
  }
}
