package dev.usher.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper.Entry;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A queue-limit of 1 in the file and of 7 at runtime; how fields are merged is tested elsewhere.
 */
class ReconcilerTest {
  private static final DirectorSpec FILE = spec("app", 1);
  private static final DirectorSpec FILE_CHANGED = spec("app", 2);
  private static final DirectorSpec RUNTIME = spec("app", 7);

  private final Map<String, KeptDirector> kept = new HashMap<>();

  private static DirectorSpec spec(String name, int queueLimit) {
    DirectorSpec.Settings settings =
        DirectorSpec.Settings.DEFAULT.edit().queueLimit(queueLimit).build();
    return new DirectorSpec(name, settings, List.of(), List.of());
  }

  private void kept(DirectorSpec spec, long version, Origin origin) {
    kept.put(spec.name(), new KeptDirector.Alive(new Definition(spec, version, origin)));
  }

  /** At one millisecond past the epoch, when versions begin at 1 000. */
  private Restart restart(DirectorSpec... file) {
    return restart(new Versions(() -> 1), file);
  }

  private Restart restart(Versions versions, DirectorSpec... file) {
    return Reconciler.reconcile(List.of(file), new Loaded(kept, Map.of()), versions);
  }

  private static Restart.Start start(DirectorSpec spec, long version, Origin origin) {
    return new Restart.Start(new Definition(spec, version, origin), null);
  }

  @Test
  void a_director_that_was_never_changed_is_as_the_file_says_and_is_kept() {
    Restart restart = restart(FILE);
    Definition definition = new Definition(FILE, 1_000, new Origin.File(FILE));
    assertThat(restart)
        .isEqualTo(
            new Restart(
                List.of(new Restart.Start(definition, null)),
                List.of(new Entry.Put(definition)),
                List.of()));
  }

  @Test
  void what_was_changed_at_runtime_stays_while_the_file_stays_the_same() {
    kept(RUNTIME, 5, new Origin.File(FILE));
    assertThat(restart(FILE))
        .isEqualTo(
            new Restart(List.of(start(RUNTIME, 5, new Origin.File(FILE))), List.of(), List.of()));
  }

  @Test
  void a_changed_file_is_merged_in_and_the_log_hears_what_it_has_overruled() {
    kept(RUNTIME, 5, new Origin.File(FILE));
    Restart restart = restart(FILE_CHANGED);
    assertThat(restart.starts())
        .containsExactly(start(FILE_CHANGED, 1_000, new Origin.File(FILE_CHANGED)));
    assertThat(restart.entries())
        .containsExactly(
            new Entry.Put(new Definition(FILE_CHANGED, 1_000, new Origin.File(FILE_CHANGED))));
    assertThat(restart.notes())
        .singleElement()
        .asString()
        .startsWith("director app: queue-limit: 7");
  }

  @Test
  void what_is_new_or_changed_has_a_version_above_all_that_were_kept() {
    kept(RUNTIME, 5_000, new Origin.File(FILE));
    kept(spec("b", 7), 7_000, new Origin.Api());
    kept(spec("c", 7), 6_000, new Origin.Api());
    assertThat(restart(FILE_CHANGED, spec("c", 7), spec("new", 1)).starts())
        .extracting(start -> start.definition().name() + " " + start.definition().version())
        .containsExactly("app 7001", "c 7002", "new 7003", "b 7000");
  }

  @Test
  void a_version_of_before_never_comes_to_mean_something_else() {
    kept(RUNTIME, 5, new Origin.File(FILE));
    long first =
        restart(new Versions(() -> 1), FILE_CHANGED).starts().get(0).definition().version();
    // Ended before the merge was kept, and the file was changed once more.
    long second =
        restart(new Versions(() -> 2), spec("app", 3)).starts().get(0).definition().version();
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void one_that_was_removed_stays_away_until_the_file_changes_it() {
    kept.put("app", new KeptDirector.Removed(FILE));
    assertThat(restart(FILE).starts()).isEmpty();
    Restart back = restart(FILE_CHANGED);
    assertThat(back.starts())
        .containsExactly(start(FILE_CHANGED, 1_000, new Origin.File(FILE_CHANGED)));
    assertThat(back.entries())
        .containsExactly(
            new Entry.Put(new Definition(FILE_CHANGED, 1_000, new Origin.File(FILE_CHANGED))));
    assertThat(back.notes()).hasSize(1);
  }

  @Test
  void one_that_was_created_at_runtime_is_there_again_with_its_host_and_port() {
    Origin onDemand = new Origin.OnDemand(new Endpoint("shop.example", 80), true);
    kept(spec("b", 7), 3, onDemand);
    kept(spec("a", 7), 4, new Origin.Api());
    assertThat(restart().starts())
        .containsExactly(
            start(spec("a", 7), 4, new Origin.Api()), start(spec("b", 7), 3, onDemand));
  }

  /**
   * The first was let go while the disk was full, and the process was killed before it was well.
   */
  @Test
  void of_two_for_one_host_and_port_the_one_starts_that_somebody_wanted_or_else_the_later_one() {
    Endpoint shop = new Endpoint("shop.example", 80);
    kept(spec("a", 7), 9, new Origin.OnDemand(shop, true));
    kept(spec("b", 7), 3, new Origin.OnDemand(shop, false));
    kept(spec("c", 7), 5, new Origin.OnDemand(shop, true));
    Restart restart = restart();
    assertThat(restart.starts())
        .containsExactly(start(spec("b", 7), 3, new Origin.OnDemand(shop, false)));
    assertThat(restart.entries())
        .containsExactly(new Entry.Removed("a", null), new Entry.Removed("c", null));
    assertThat(restart.notes()).hasSize(2);
    kept.remove("b");
    assertThat(restart().starts())
        .containsExactly(start(spec("a", 7), 9, new Origin.OnDemand(shop, true)));
  }

  @Test
  void one_that_the_file_has_taken_over_is_the_files() {
    kept(RUNTIME, 3, new Origin.Api());
    Restart restart = restart(FILE);
    assertThat(restart.starts()).containsExactly(start(FILE, 1_000, new Origin.File(FILE)));
    assertThat(restart.notes()).hasSize(2);
  }

  @Test
  void one_that_has_gone_from_the_file_goes_with_its_changes() {
    kept(RUNTIME, 5, new Origin.File(FILE));
    kept.put("gone", new KeptDirector.Removed(spec("gone", 1)));
    Restart restart = restart();
    assertThat(restart.starts()).isEmpty();
    assertThat(restart.entries())
        .containsExactly(new Entry.Removed("app", null), new Entry.Removed("gone", null));
    assertThat(restart.notes()).hasSize(1);
  }

  @Test
  void one_that_has_gone_from_the_file_and_was_never_changed_goes_in_silence() {
    kept(FILE, 1, new Origin.File(FILE));
    Restart restart = restart();
    assertThat(restart.entries()).containsExactly(new Entry.Removed("app", null));
    assertThat(restart.notes()).isEmpty();
  }
}
