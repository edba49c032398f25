package dev.usher.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.Explanation;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.Retries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoriesTest {
  private final FakeRecords records = new FakeRecords();
  private final Memories memories = new Memories(records);

  /** A director of which only the activity matters. */
  private static final class Busy implements Director {
    private final String name;
    long activity = 1;
    int memories;

    Busy(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Definition definition() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DirectorView view() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Memory memory() {
      memories++;
      Level none = new Level(0, 0, 0);
      return new Memory(0, none, none, 0, 0, Retries.NONE, 0, List.of(), Map.of(), Map.of());
    }

    @Override
    public long activity() {
      return activity;
    }

    @Override
    public Ticket admit(Ask ask) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<@Nullable Explanation> explain(String bucket) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void one_that_has_done_nothing_is_not_written_again() {
    Busy busy = new Busy("a");
    memories.write(List.of(busy));
    memories.write(List.of(busy));
    assertThat(records.written).isEqualTo(1);
    busy.activity++;
    memories.write(List.of(busy));
    assertThat(records.written).isEqualTo(2);
    assertThat(busy.memories).isEqualTo(2);
  }

  @Test
  void one_that_is_gone_is_forgotten_even_if_it_went_while_the_sidecar_was_down() {
    memories.known(Set.of("old"));
    records.values.put("old", new byte[1]);
    memories.write(List.of(new Busy("a")));
    assertThat(records.values).containsOnlyKeys("a");
    memories.write(List.of());
    assertThat(records.values).isEmpty();
  }

  @Test
  void what_could_not_be_written_is_written_next_time() {
    Busy busy = new Busy("a");
    records.failsToWrite = true;
    memories.write(List.of(busy));
    assertThat(records.values).isEmpty();
    records.failsToWrite = false;
    memories.write(List.of(busy));
    assertThat(records.values).containsOnlyKeys("a");
  }

  @Test
  void many_are_written_over_several_rounds() {
    List<Director> many = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      many.add(new Busy("d" + i));
    }
    int rounds = 1;
    while (memories.write(many)) {
      rounds++;
    }
    assertThat(rounds).isEqualTo(3);
    assertThat(records.values).hasSize(1_200);
  }

  private static List<Director> busy(int count) {
    List<Director> many = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      many.add(new Busy("d%04d".formatted(i)));
    }
    return many;
  }

  @Test
  void when_all_are_always_busy_each_has_its_turn() {
    List<Director> many = busy(1_200);
    for (int second = 0; second < 3; second++) {
      many.forEach(director -> ((Busy) director).activity++);
      memories.write(many);
    }
    assertThat(records.values).hasSize(1_200);
  }

  @Test
  void a_disk_that_refuses_does_not_hold_up_the_end() {
    records.failsToWrite = true;
    memories.writeAll(busy(1_200));
    assertThat(records.values).isEmpty();
    records.failsToWrite = false;
    memories.writeAll(busy(1_200));
    assertThat(records.values).hasSize(1_200);
  }

  @Test
  void all_are_written_again_when_somebody_has_changed_the_file() {
    List<Director> two = busy(2);
    memories.write(two);
    ((Busy) two.get(0)).activity++;
    records.changed = true;
    memories.write(two);
    assertThat(records.values).isEmpty();
    memories.write(two);
    assertThat(records.values).hasSize(2);
  }
}
