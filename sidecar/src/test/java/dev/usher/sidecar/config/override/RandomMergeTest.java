package dev.usher.sidecar.config.override;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.config.override.Comparison.Deviation;
import dev.usher.sidecar.config.override.Comparison.OfValue;
import dev.usher.sidecar.config.override.Comparison.OfWhole;
import dev.usher.sidecar.config.override.Facts.Kind;
import dev.usher.sidecar.config.override.LostOverride.Why;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every merge. */
class RandomMergeTest {
  private static final int RUNS = 1_000;

  /** What the file said, what is in force, what the file says now, and the merge of them. */
  private record Case(Facts before, Facts runtime, Facts now, Facts result, Merged merged) {
    static Case of(@Nullable DirectorSpec before, DirectorSpec runtime, DirectorSpec now) {
      Merged merged = Merge.byField(before, runtime, now);
      return new Case(
          before == null ? Facts.none() : Facts.of(before),
          Facts.of(runtime),
          Facts.of(now),
          Facts.of(merged.spec()),
          merged);
    }

    List<Deviation> overrides() {
      return new Comparison(before, runtime).deviations();
    }
  }

  private static void forAll(Consumer<Case> property) {
    for (long seed = 0; seed < RUNS; seed++) {
      RandomEdits edits = new RandomEdits(seed);
      DirectorSpec before = edits.director();
      Case each = Case.of(before, edits.edited(before), edits.edited(before));
      try {
        property.accept(each);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void a_file_that_did_not_change_changes_nothing() {
    for (long seed = 0; seed < RUNS; seed++) {
      RandomEdits edits = new RandomEdits(seed);
      DirectorSpec before = edits.director();
      DirectorSpec runtime = edits.edited(before);
      assertThat(Merge.byField(before, runtime, before))
          .as("seed %d", seed)
          .isEqualTo(new Merged(runtime, List.of()));
    }
  }

  @Test
  void without_overrides_the_file_is_what_is_in_force() {
    for (long seed = 0; seed < RUNS; seed++) {
      RandomEdits edits = new RandomEdits(seed);
      DirectorSpec before = edits.director();
      DirectorSpec now = edits.edited(before);
      assertThat(Merge.byField(before, before, now))
          .as("seed %d", seed)
          .isEqualTo(new Merged(now, List.of()));
    }
  }

  @Test
  void strangers_can_be_merged_too() throws InvalidConfiguration {
    for (long seed = 0; seed < RUNS; seed++) {
      RandomEdits edits = new RandomEdits(seed);
      DirectorSpec before = seed % 2 == 0 ? null : edits.director();
      Case each = Case.of(before, edits.director(), edits.director());
      DirectorSpec spec = each.merged().spec();
      assertThat(SpecReader.director(spec.name(), SpecWriter.director(spec)))
          .as("seed %d", seed)
          .isEqualTo(spec);
      checkDifferencesAreOverrides(each);
      checkEveryLossIsToldOnce(each);
    }
  }

  @Test
  void in_what_the_result_differs_from_the_file_that_is_an_override() {
    forAll(RandomMergeTest::checkDifferencesAreOverrides);
  }

  private static void checkDifferencesAreOverrides(Case each) {
    for (Deviation deviation : new Comparison(each.now(), each.result()).deviations()) {
      Things before = each.before().of(deviation.kind());
      Things runtime = each.runtime().of(deviation.kind());
      Things result = each.result().of(deviation.kind());
      if (deviation instanceof OfValue value) {
        JsonNode is = result.value(value.name(), value.key());
        assertThat(is).isEqualTo(runtime.value(value.name(), value.key()));
        assertThat(is).isNotEqualTo(before.value(value.name(), value.key()));
      } else {
        boolean added = ((OfWhole) deviation).added();
        for (String name : ((OfWhole) deviation).members()) {
          assertThat(runtime.has(name)).isEqualTo(added);
          assertThat(before.has(name)).isEqualTo(!added);
          assertThat(result.values(name)).isEqualTo(runtime.values(name));
        }
      }
    }
  }

  @Test
  void what_the_file_changed_is_as_the_file_has_it() {
    forAll(
        each -> {
          for (Deviation change : new Comparison(each.before(), each.now()).deviations()) {
            Things result = each.result().of(change.kind());
            Things now = each.now().of(change.kind());
            if (change instanceof OfValue value) {
              assertThat(result.value(value.name(), value.key()))
                  .isEqualTo(now.value(value.name(), value.key()));
            } else {
              ((OfWhole) change)
                  .members()
                  .forEach(name -> assertThat(result.values(name)).isEqualTo(now.values(name)));
            }
          }
        });
  }

  @Test
  void what_the_file_did_not_change_is_as_it_was_unless_that_did_not_fit() {
    forAll(
        each -> {
          if (each.merged().lost().stream().noneMatch(lost -> lost.why() == Why.IT_DOES_NOT_FIT)) {
            for (Deviation override : each.overrides()) {
              Things now = each.now().of(override.kind());
              Things before = each.before().of(override.kind());
              if (override instanceof OfValue value
                  && Objects.equals(
                      now.value(value.name(), value.key()),
                      before.value(value.name(), value.key()))) {
                assertThat(each.result().of(override.kind()).value(value.name(), value.key()))
                    .isEqualTo(each.runtime().of(override.kind()).value(value.name(), value.key()));
              }
            }
          }
        });
  }

  @Test
  void of_what_gave_way_nothing_could_have_couldStay() {
    forAll(
        each -> {
          for (Deviation override : each.overrides()) {
            couldStay(each, override)
                .forEach(
                    more -> {
                      Facts with = each.result().copy();
                      more.copy(each.runtime(), with);
                      assertThatThrownBy(() -> with.spec("app"))
                          .as("%s", more)
                          .isInstanceOfAny(InvalidConfiguration.class, InvalidValue.class);
                    });
          }
        });
  }

  /** What is not in the result although the file says the same of it as before. */
  private static List<Deviation> couldStay(Case each, Deviation override) {
    Things before = each.before().of(override.kind());
    Things now = each.now().of(override.kind());
    Things runtime = each.runtime().of(override.kind());
    Things result = each.result().of(override.kind());
    if (override instanceof OfValue value) {
      String name = value.name();
      String key = value.key();
      boolean lost =
          now.has(name)
              && Objects.equals(now.value(name, key), before.value(name, key))
              && !Objects.equals(result.value(name, key), runtime.value(name, key));
      return lost ? List.of(value) : List.of();
    }
    OfWhole whole = (OfWhole) override;
    if (whole.added()) {
      return whole.members().stream()
          .filter(name -> !now.has(name) && !result.has(name))
          .map(name -> (Deviation) new OfWhole(whole.kind(), name, true, Set.of(name)))
          .toList();
    }
    boolean lost =
        Merge.isUnchanged(before, now, whole.members())
            && whole.members().stream().anyMatch(result::has);
    return lost ? List.of(whole) : List.of();
  }

  @Test
  void every_override_is_kept_or_told_as_lost_once() {
    forAll(RandomMergeTest::checkEveryLossIsToldOnce);
  }

  private static void checkEveryLossIsToldOnce(Case each) {
    Comparison comparison = new Comparison(each.before(), each.runtime());
    List<String> wanted = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (Deviation override : each.overrides()) {
      Things runtime = each.runtime().of(override.kind());
      Things result = each.result().of(override.kind());
      if (override instanceof OfValue value) {
        if (!Objects.equals(
            result.value(value.name(), value.key()), runtime.value(value.name(), value.key()))) {
          wanted.add(comparison.show(value).field());
        }
      } else if (!((OfWhole) override).added()) {
        if (((OfWhole) override).members().stream().anyMatch(result::has)) {
          wanted.add(comparison.show(override).field());
        }
      } else {
        for (String name : ((OfWhole) override).members()) {
          if (!Objects.equals(result.values(name), runtime.values(name))) {
            wanted.add(each.runtime().path(override.kind(), name));
          }
        }
      }
    }
    for (LostOverride lost : each.merged().lost()) {
      Difference override = lost.override();
      told.add(override.field());
      if (override.before() == null && override.after() != null && override.after().isObject()) {
        addBelow(override.field(), override.after(), told);
      }
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(each.merged().lost())
        .allSatisfy(lost -> assertThat(lost.writtenNow()).isNotEqualTo(lost.override().after()));
  }

  private static void addBelow(String path, JsonNode bucket, List<String> into) {
    for (Map.Entry<String, JsonNode> child : bucket.path("buckets").properties()) {
      String name = path + ".buckets." + child.getKey();
      into.add(name);
      addBelow(name, child.getValue(), into);
    }
  }

  @Test
  void the_cases_are_worth_their_name() {
    int[] counts = new int[4];
    forAll(
        each -> {
          counts[0] += each.overrides().isEmpty() ? 0 : 1;
          counts[1] += each.merged().lost().isEmpty() ? 0 : 1;
          counts[2] +=
              each.merged().lost().stream().anyMatch(lost -> lost.why() == Why.IT_DOES_NOT_FIT)
                  ? 1
                  : 0;
          counts[3] +=
              each.overrides().stream().anyMatch(override -> override.kind() == Kind.BUCKETS)
                  ? 1
                  : 0;
        });
    assertThat(counts[0]).as("with overrides").isGreaterThan(RUNS / 2);
    assertThat(counts[1]).as("with lost ones").isGreaterThan(RUNS / 20);
    assertThat(counts[2]).as("with some that do not fit").isGreaterThan(RUNS / 100);
    assertThat(counts[3]).as("in the tree").isGreaterThan(RUNS / 3);
  }

  @Test
  void taking_everything_back_leads_to_the_file() throws InvalidConfiguration {
    for (long seed = 0; seed < RUNS; seed++) {
      RandomEdits edits = new RandomEdits(seed);
      DirectorSpec written = edits.director();
      DirectorSpec spec = edits.edited(written);
      for (Difference override : Overrides.between(written, spec)) {
        spec = takenBackIfPossible(written, spec, override.field());
      }
      for (String part : List.of("health-check", "outliers", "backends", "buckets")) {
        spec = Overrides.takenBack(written, spec, part);
      }
      assertThat(Overrides.between(written, spec)).as("seed %d", seed).isEmpty();
    }
  }

  private static DirectorSpec takenBackIfPossible(
      DirectorSpec written, DirectorSpec spec, String field) {
    try {
      DirectorSpec next = Overrides.takenBack(written, spec, field);
      assertThat(Overrides.between(written, next)).noneMatch(left -> left.field().equals(field));
      return next;
    } catch (InvalidConfiguration | InvalidValue e) {
      return spec;
    }
  }
}
