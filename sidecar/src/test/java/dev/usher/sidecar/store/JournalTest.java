package dev.usher.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper.Entry;
import dev.usher.sidecar.director.change.Keeper.Kept;
import dev.usher.sidecar.director.change.Keeper.Status;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final FakeRecords records = new FakeRecords();
  private final Journal journal = new Journal(records, Map.of());

  private static Definition definition(String name, long version) {
    DirectorSpec spec = new DirectorSpec(name, DirectorSpec.Settings.DEFAULT, List.of(), List.of());
    return new Definition(spec, version, new Origin.Api());
  }

  private static Entry put(String name, long version) {
    return new Entry.Put(definition(name, version));
  }

  private Journal.Request keep(Entry... entries) {
    Journal.Request request = new Journal.Request(List.of(entries));
    journal.keep(List.of(request));
    return request;
  }

  private void repair(Definition... inForce) {
    Map<String, Definition> byName = new HashMap<>();
    for (Definition each : inForce) {
      byName.put(each.name(), each);
    }
    journal.repair(byName::get);
  }

  private long kept(String name) throws Unreadable {
    byte[] payload = Objects.requireNonNull(records.values.get(name));
    return ((KeptDirector.Alive) DefinitionCodec.decode(name, payload)).definition().version();
  }

  @Test
  void what_waits_together_is_forced_once_and_all_are_answered() throws Unreadable {
    Journal.Request a = new Journal.Request(List.of(put("a", 1)));
    Journal.Request b = new Journal.Request(List.of(put("b", 1), put("a", 2)));
    journal.keep(List.of(a, b));
    assertThat(records.forced).isEqualTo(1);
    assertThat(a.answer).isCompletedWithValue(new Kept.Done());
    assertThat(b.answer).isCompletedWithValue(new Kept.Done());
    assertThat(kept("a")).isEqualTo(2);
    assertThat(journal.status()).isEqualTo(new Status(2, 0, null));
  }

  @Test
  void a_removed_director_leaves_nothing_unless_the_file_has_it() throws Unreadable {
    keep(put("a", 1), put("b", 1));
    DirectorSpec written = definition("b", 1).spec();
    keep(new Entry.Removed("a", null), new Entry.Removed("b", written));
    assertThat(records.values).containsOnlyKeys("b");
    assertThat(DefinitionCodec.decode("b", Objects.requireNonNull(records.values.get("b"))))
        .isEqualTo(new KeptDirector.Removed(written));
  }

  @Test
  void what_cannot_be_written_is_not_kept_and_the_status_says_why() {
    records.failsToWrite = true;
    Journal.Request refused = keep(put("a", 1));
    String message = "the store cannot be written: No space left on device";
    assertThat(refused.answer).isCompletedWithValue(new Kept.Failed(message));
    assertThat(journal.status()).isEqualTo(new Status(0, 1, message));

    records.failsToWrite = false;
    repair();
    assertThat(journal.status()).isEqualTo(new Status(0, 1, null));
  }

  @Test
  void what_was_written_and_not_forced_is_taken_back() throws Unreadable {
    keep(put("a", 1));
    records.failsToForce = true;
    assertThat(keep(put("a", 2), put("new", 1)).answer.join()).isInstanceOf(Kept.Failed.class);
    assertThat(keep(put("a", 3)).answer.join()).isInstanceOf(Kept.Failed.class);
    repair(definition("a", 1));
    assertThat(journal.status().isWell()).isFalse();

    records.failsToForce = false;
    repair(definition("a", 1));
    assertThat(kept("a")).isEqualTo(1);
    assertThat(records.values).containsOnlyKeys("a");
    assertThat(journal.status().isWell()).isTrue();
  }

  @Test
  void what_is_kept_after_a_failure_is_not_taken_back() throws Unreadable {
    keep(put("a", 1), put("b", 1));
    records.failsToForce = true;
    keep(put("a", 2), put("b", 2));
    records.failsToForce = false;
    assertThat(keep(put("a", 3)).answer).isCompletedWithValue(new Kept.Done());
    repair(definition("a", 3), definition("b", 1));
    assertThat(kept("a")).isEqualTo(3);
    assertThat(kept("b")).isEqualTo(1);
  }

  @Test
  void one_that_was_removed_and_could_not_be_created_again_stays_removed() throws Unreadable {
    DirectorSpec written = definition("a", 1).spec();
    keep(new Entry.Removed("a", written));
    records.failsToForce = true;
    keep(put("a", 2));
    records.failsToForce = false;
    repair();
    assertThat(DefinitionCodec.decode("a", Objects.requireNonNull(records.values.get("a"))))
        .isEqualTo(new KeptDirector.Removed(written));
  }

  @Test
  void what_was_refused_is_taken_back_though_an_earlier_change_of_it_was_kept_in_the_same_round()
      throws Unreadable {
    Journal.Request kept = new Journal.Request(List.of(put("a", 1)));
    Journal.Request refused = new Journal.Request(List.of(put("a", 2)));
    records.tornWrites.add(2);
    journal.keep(List.of(kept, refused));
    assertThat(kept.answer).isCompletedWithValue(new Kept.Done());
    assertThat(refused.answer.join()).isInstanceOf(Kept.Failed.class);
    assertThat(kept("a")).as("refused and yet written").isEqualTo(2);
    repair(definition("a", 1));
    assertThat(kept("a")).isEqualTo(1);
  }

  @Test
  void everybody_is_answered_even_when_memory_runs_out() {
    records.runsOutOfMemory = true;
    assertThat(keep(put("a", 1)).answer.getNow(new Kept.Done())).isInstanceOf(Kept.Failed.class);
    records.runsOutOfMemory = false;
    repair();
    assertThat(keep(put("a", 1)).answer).isCompletedWithValue(new Kept.Done());
  }

  @Test
  void nothing_is_written_when_there_is_nothing_to_repair() {
    repair();
    assertThat(records.forced).isZero();
  }

  @Test
  void a_file_that_went_is_made_anew_without_a_change() {
    records.inPlace = false;
    repair();
    assertThat(records.forced).isEqualTo(1);
  }

  @Test
  void a_file_that_somebody_changed_is_made_anew_of_all_that_was_kept() throws Unreadable {
    DirectorSpec written = definition("b", 1).spec();
    keep(put("a", 1), put("c", 1), put("d", 1));
    keep(new Entry.Removed("b", written), new Entry.Removed("d", null));
    records.changed = true;
    records.values.clear();
    assertThat(keep(put("c", 2), put("new", 1)).answer.join()).isInstanceOf(Kept.Failed.class);
    repair(definition("a", 1), definition("c", 1));
    assertThat(records.values).containsOnlyKeys("a", "b", "c");
    assertThat(kept("c")).isEqualTo(1);
    assertThat(journal.status().isWell()).isTrue();
    assertThat(keep(put("new", 1)).answer).isCompletedWithValue(new Kept.Done());
  }
}
