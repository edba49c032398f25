package dev.usher.sidecar.config.override;

import static dev.usher.sidecar.config.override.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {

  private static List<String> shown(DirectorSpec written, DirectorSpec inForce) {
    return Overrides.between(written, inForce).stream()
        .map(each -> each.field() + " " + text(each.before()) + " -> " + text(each.after()))
        .toList();
  }

  private static String text(@Nullable Object json) {
    return json == null ? "nothing" : json.toString().replace("\"", "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          nothing                    | 'queue-limit':5            | 'queue-limit':5        | -
          a setting                  | -                          | 'queue-limit':5        | queue-limit 1000 -> 5
          a nested setting           | 'health-check':{'interval':'3s'} | -                | health-check.interval 3s -> 2s
          a list as one value        | -                          | 'health-check':{'expect':[200]} | health-check.expect [200,204] -> [200]
          a backend's value          | 'backends':{b1:5}          | 'backends':{b1:6}      | backends.b1.capacity 5 -> 6
          an added backend           | 'backends':{b1:5}          | 'backends':{b1:5,b2:1} | backends.b2 nothing -> {url:http://10.0.0.1:80,capacity:1,role:active,enabled:true}
          a removed backend          | 'backends':{b1:5}          | -                      | backends.b1 {url:http://10.0.0.1:80,capacity:5,role:active,enabled:true} -> nothing
          another order              | 'backends':{b1:5,b2:1}     | 'backends':{b2:1,b1:5} | -
          a backend called root      | 'backends':{'root':{'url':'http://h','capacity':1}} | 'backends':{'root':{'url':'http://h','capacity':2}} | backends.root.capacity 1 -> 2
          a bucket's value           | 'buckets':{x:1%(y:2%)}     | 'buckets':{x:1%(y:3%)} | buckets.x.buckets.y.rate 2% -> 3%
          a value that has no default | 'buckets':{x:1%}          | 'buckets':{'x':{'rate':'1%','weight':7}} | buckets.x.weight nothing -> 7
          a moved bucket             | 'buckets':{x:1%(y:2%),z:3%} | 'buckets':{x:1%,z:3%(y:2%)} | buckets.z.buckets.y.parent x -> z
          a bucket moved to the root | 'buckets':{x:1%(y:2%)}     | 'buckets':{x:1%,y:2%}  | buckets.y.parent x -> root
          """)
  void a_field_that_differs_is_shown_with_both_values(
      String what, @Nullable String written, @Nullable String inForce, @Nullable String shown) {
    DirectorSpec before = spec(written == null ? "" : written);
    DirectorSpec after = spec(inForce == null ? "" : inForce);
    assertThat(shown(before, after)).isEqualTo(shown == null ? List.of() : List.of(shown));
  }

  @Test
  void what_is_added_or_removed_with_a_bucket_is_shown_with_it() {
    DirectorSpec without = spec("'buckets':{x:1%}");
    DirectorSpec with = spec("'buckets':{x:1%(y:2%(z:3%))}");
    assertThat(Overrides.between(without, with))
        .singleElement()
        .satisfies(
            added -> {
              assertThat(added.field()).isEqualTo("buckets.x.buckets.y");
              assertThat(added.before()).isNull();
              assertThat(text(added.after())).contains("rate:2%", "buckets:{z:{rate:3%");
            });
    assertThat(Overrides.between(with, without))
        .singleElement()
        .satisfies(removed -> assertThat(removed.after()).isNull());
  }

  @Test
  void what_was_moved_out_of_a_removed_bucket_is_not_removed_with_it() {
    DirectorSpec written = spec("'buckets':{x:1%(y:2%,z:3%)}");
    DirectorSpec inForce = spec("'buckets':{y:2%}");
    assertThat(shown(written, inForce)).hasSize(2).first().isEqualTo("buckets.y.parent x -> root");
    assertThat(shown(written, inForce).get(1))
        .startsWith("buckets.x {rate:1%")
        .contains("buckets:{z:{")
        .doesNotContain("{y:", ",y:");
  }

  @Test
  void one_override_is_taken_back_or_all_below_a_path() throws InvalidConfiguration {
    DirectorSpec written = spec("'backends':{b1:5, b2:5},'buckets':{x:1%,y:2%}");
    DirectorSpec inForce = spec("'queue-limit':5,'backends':{b1:6, b3:1},'buckets':{x:3%(n:4%)}");

    assertThat(takenBack(written, inForce, "queue-limit"))
        .isEqualTo(spec("'backends':{b1:6, b3:1},'buckets':{x:3%(n:4%)}"));
    assertThat(takenBack(written, inForce, "backends.b3"))
        .isEqualTo(spec("'queue-limit':5,'backends':{b1:6},'buckets':{x:3%(n:4%)}"));
    assertThat(takenBack(written, inForce, "buckets.x"))
        .isEqualTo(spec("'queue-limit':5,'backends':{b1:6, b3:1},'buckets':{x:1%}"));
    assertThat(takenBack(written, inForce, "buckets"))
        .isEqualTo(spec("'queue-limit':5,'backends':{b1:6, b3:1},'buckets':{x:1%,y:2%}"));
    assertThat(takenBack(written, inForce, "backends"))
        .isEqualTo(spec("'queue-limit':5,'backends':{b1:5, b2:5},'buckets':{x:3%(n:4%)}"));
    assertThat(takenBack(written, inForce, "queue")).isEqualTo(inForce);
  }

  private static DirectorSpec takenBack(DirectorSpec written, DirectorSpec inForce, String field)
      throws InvalidConfiguration {
    return Overrides.takenBack(written, inForce, field);
  }

  @Test
  void what_does_not_fit_the_overrides_that_stay_is_not_taken_back() {
    DirectorSpec written = spec("'buckets':{x:60%,y:40%}");
    DirectorSpec swapped = spec("'buckets':{x:40%,y:60%}");
    assertThatThrownBy(() -> takenBack(written, swapped, "buckets.x.rate"))
        .isInstanceOf(InvalidConfiguration.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          buckets.a                 | a.rate back
          buckets.a.rate            | a.rate back
          buckets.a.b               | a.b.rate back
          buckets.a.b.buckets.c     | c.rate back
          buckets.a.b.buckets       | c.rate back
          buckets.a.b.buckets.c.rat | nothing back
          health-check              | interval back
          health-check.interval     | interval back
          health                    | nothing back
          """)
  void a_dot_in_a_name_is_no_level(String field, String what) throws InvalidConfiguration {
    String tree = "'buckets':{'a':{'rate':'%d%%'},'a.b':{'rate':'%d%%','buckets':{c:%d%%}}}";
    String health = "'health-check':{'interval':'%ds'},";
    DirectorSpec written = spec((health + tree).formatted(3, 1, 1, 1));
    DirectorSpec inForce = spec((health + tree).formatted(4, 2, 2, 2));
    int interval = what.startsWith("interval") ? 3 : 4;
    int a = what.startsWith("a.rate") ? 1 : 2;
    int b = what.startsWith("a.b.") ? 1 : 2;
    int c = what.startsWith("a.b.") || what.startsWith("c.") ? 1 : 2;
    assertThat(takenBack(written, inForce, field))
        .isEqualTo(spec((health + tree).formatted(interval, a, b, c)));
    assertThat(Overrides.isAnyAt(written, inForce, field)).isEqualTo(!what.startsWith("nothing"));
  }

  @Test
  void what_was_moved_below_an_added_bucket_is_taken_back_with_that() throws InvalidConfiguration {
    DirectorSpec written = spec("'buckets':{x:60%,y:40%}");
    DirectorSpec moved = spec("'buckets':{n:1%(x:50%),y:40%}");
    assertThat(takenBack(written, moved, "buckets.n")).isEqualTo(written);
  }

  @Test
  void a_bucket_is_not_taken_back_below_one_that_stays_removed() {
    DirectorSpec written = spec("'buckets':{x:60%(y:40%)}");
    DirectorSpec without = spec("'buckets':{y:40%}");
    assertThatThrownBy(() -> takenBack(written, without, "buckets.y.parent"))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("buckets.y.parent")
        .hasMessageContaining("'x'");
  }
}
