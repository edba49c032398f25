package dev.usher.sidecar.config.override;

import static dev.usher.sidecar.config.override.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.config.override.LostOverride.Why;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
  /**
   * What the file said, what is in force, what the file says now, and what comes of it; then the
   * overrides that are lost, those that did not fit with an exclamation mark.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          the runtime's value stays                     | 'queue-limit':5        | 'queue-limit':6        | 'queue-limit':5        | 'queue-limit':6        | -
          beside what the file changes                  | 'queue-limit':5        | 'queue-limit':6        | 'queue-limit':5,'retry-after':'3s' | 'queue-limit':6,'retry-after':'3s' | -
          the file wins where it changed                | 'queue-limit':5        | 'queue-limit':6        | 'queue-limit':7        | 'queue-limit':7        | queue-limit 5 6 7
          the default is a value of the file too        | 'queue-limit':5        | 'queue-limit':6        | -                      | -                      | queue-limit 5 6 1000
          both came to the same                         | 'queue-limit':5        | 'queue-limit':7        | 'queue-limit':7        | 'queue-limit':7        | -
          a list is one value                           | 'health-check':{'expect':[200]} | 'health-check':{'expect':[200,201]} | 'health-check':{'expect':[200,202]} | 'health-check':{'expect':[200,202]} | health-check.expect [200] [200,201] [200,202]
          nested values are merged one by one           | 'health-check':{'interval':'1s'} | 'health-check':{'interval':'2s'} | 'health-check':{'interval':'1s','host':'h'} | 'health-check':{'interval':'2s','host':'h'} | -
          a backend's values are merged one by one      | 'backends':{b1:5}      | 'backends':{'b1':{'url':'http://10.0.0.1','capacity':5,'role':'backup'}} | 'backends':{b1:6} | 'backends':{'b1':{'url':'http://10.0.0.1','capacity':6,'role':'backup'}} | -
          a removed backend stays removed               | 'backends':{b1:5,b2:5} | 'backends':{b2:5}      | 'queue-limit':7,'backends':{b1:5,b2:5} | 'queue-limit':7,'backends':{b2:5} | -
          unless the file changed it                    | 'backends':{b1:5,b2:5} | 'backends':{b2:5}      | 'backends':{b1:6,b2:5} | 'backends':{b2:5,b1:6} | backends.b1 @5 nothing @6
          a removed backend that the file removed       | 'backends':{b1:5,b2:5} | 'backends':{b2:5}      | 'backends':{b2:5}      | 'backends':{b2:5}      | -
          an added backend stays                        | 'backends':{b1:5}      | 'backends':{b1:5,b2:5} | 'backends':{b1:7}      | 'backends':{b1:7,b2:5} | -
          unless the file has one of that name          | 'backends':{b1:5}      | 'backends':{b1:5,b2:5} | 'backends':{b1:5,b2:6} | 'backends':{b1:5,b2:6} | backends.b2 nothing @5 @6
          which may be the same                         | 'backends':{b1:5}      | 'backends':{b1:5,b2:5} | 'backends':{b1:5,b2:5} | 'backends':{b1:5,b2:5} | -
          what the file removes goes                    | 'backends':{b1:5,b2:5} | 'backends':{b1:5,b2:5} | 'backends':{b2:5}      | 'backends':{b2:5}      | -
          with its overrides                            | 'backends':{b1:5,b2:5} | 'backends':{b1:6,b2:6} | 'backends':{b2:5}      | 'backends':{b2:6}      | backends.b1.capacity 5 6 nothing
          the file's order where it is another          | 'backends':{b1:5,b2:5} | 'backends':{b1:5,b2:5,b3:5} | 'backends':{b2:5,b1:5} | 'backends':{b2:5,b1:5,b3:5} | -
          else the runtime's order                      | 'backends':{b1:5,b2:5} | 'backends':{b3:5,b2:5,b1:5} | 'backends':{b1:6,b2:5} | 'backends':{b3:5,b2:5,b1:6} | -
          a weight set at runtime stays                 | 'buckets':{x:1%}       | 'buckets':{'x':{'rate':'1%','weight':7}} | 'buckets':{x:2%} | 'buckets':{'x':{'rate':'2%','weight':7}} | -
          a moved bucket stays where it is              | 'buckets':{x:1%(y:2%),z:3%} | 'buckets':{x:1%,z:3%(y:2%)} | 'buckets':{x:1%(y:4%),z:3%} | 'buckets':{x:1%,z:3%(y:4%)} | -
          unless the file moved it too                  | 'buckets':{x:1%(y:2%),z:3%} | 'buckets':{x:1%,z:3%(y:2%)} | 'buckets':{x:1%,z:3%,y:2%} | 'buckets':{x:1%,z:3%,y:2%} | buckets.z.buckets.y.parent x z root
          or took away where it is                      | 'buckets':{x:1%(y:2%),z:3%} | 'buckets':{x:1%,z:3%(y:2%)} | 'buckets':{x:1%(y:2%)} | 'buckets':{x:1%(y:2%)} | buckets.z.buckets.y.parent x z x !
          a removed bucket stays removed with all below | 'buckets':{x:1%(y:2%)} | -                      | 'queue-limit':7,'buckets':{x:1%(y:2%)} | 'queue-limit':7 | -
          it is back whole when the file changed below  | 'buckets':{x:1%(y:2%)} | -                      | 'buckets':{x:1%(y:3%)} | 'buckets':{x:1%(y:3%)} | buckets.x x1(y2) nothing x1(y3)
          or put something in it                        | 'buckets':{x:1%(y:2%)} | -                      | 'buckets':{x:1%(y:2%,z:3%)} | 'buckets':{x:1%(y:2%,z:3%)} | buckets.x x1(y2) nothing x1(y2)
          or took something out of it                   | 'buckets':{x:1%(y:2%)} | -                      | 'buckets':{x:1%,y:2%}  | 'buckets':{x:1%,y:2%}  | buckets.x x1(y2) nothing x1
          what was removed alone comes back alone       | 'buckets':{x:1%(y:2%,z:3%)} | 'buckets':{x:1%} | 'buckets':{x:1%(y:2%,z:4%)} | 'buckets':{x:1%(z:4%)} | buckets.x.buckets.z z3 nothing z4
          what was moved out stays outside              | 'buckets':{x:1%(y:2%)} | 'buckets':{y:2%}       | 'buckets':{x:1%(y:3%)} | 'buckets':{y:3%}       | -
          an added bucket stays with all below          | 'buckets':{x:1%}       | 'buckets':{x:1%(n:2%(m:3%))} | 'buckets':{x:4%} | 'buckets':{x:4%(n:2%(m:3%))} | -
          and goes with what it is below                | 'buckets':{x:1%,y:1%}  | 'buckets':{x:1%(n:2%(m:3%)),y:1%} | 'buckets':{y:1%} | 'buckets':{y:1%} | buckets.x.buckets.n nothing n2(m3) nothing !
          the file takes a part of what was added       | -                      | 'buckets':{n:2%(m:3%(o:4%))} | 'buckets':{m:5%} | 'buckets':{m:5%(o:4%),n:2%} | buckets.n.buckets.m nothing m3 m5
          a bucket below an added one is placed by the file | 'buckets':{x:1%,y:1%} | 'buckets':{x:1%(n:2%(y:1%))} | 'buckets':{y:1%} | 'buckets':{y:1%} | buckets.x.buckets.n nothing n2 nothing ! + buckets.x.buckets.n.buckets.y.parent root n root !
          the file's place brings back what is above    | 'buckets':{x:1%(y:2%),z:3%} | 'buckets':{z:3%(y:2%)} | 'buckets':{x:1%(y:2%)} | 'buckets':{x:1%(y:2%)} | buckets.z.buckets.y.parent x z x ! + buckets.x x1 nothing x1 !
          a cycle is opened at the runtime's move       | 'buckets':{x:1%,y:2%}  | 'buckets':{y:2%(x:1%)} | 'buckets':{x:1%(y:2%)} | 'buckets':{x:1%(y:2%)} | buckets.y.buckets.x.parent root y root !
          rates that are too much together are the file's | 'buckets':{x:10%,y:50%} | 'buckets':{x:40%,y:50%,n:10%} | 'buckets':{x:10%,y:60%} | 'buckets':{x:10%,y:60%,n:10%} | buckets.x.rate 10% 40% 10% !
          only there                                    | 'buckets':{x:10%(z:10%),y:50%} | 'buckets':{x:40%(z:20%),y:50%} | 'buckets':{x:10%(z:10%),y:70%} | 'buckets':{x:10%(z:20%),y:70%} | buckets.x.rate 10% 40% 10% !
          and only those that have no room              | 'buckets':{x:10%,y:20%,z:10%} | 'buckets':{x:30%,y:30%,z:10%} | 'buckets':{x:10%,y:20%,z:50%} | 'buckets':{x:30%,y:20%,z:50%} | buckets.y.rate 20% 30% 20% !
          a smaller one makes room and stays            | 'buckets':{x:60%,y:10%,z:10%} | 'buckets':{x:30%,y:60%,z:10%} | 'buckets':{x:60%,y:10%,z:30%} | 'buckets':{x:30%,y:10%,z:30%} | buckets.y.rate 10% 60% 10% !
          two that need each other                      | 'buckets':{x:60%,y:40%} | 'buckets':{x:40%,y:60%} | 'queue-limit':7,'buckets':{x:60%,y:40%} | 'queue-limit':7,'buckets':{x:40%,y:60%} | -
          a rate before a bucket that was added         | 'buckets':{x:10%,y:50%} | 'buckets':{x:30%,y:50%,n:20%} | 'buckets':{x:10%,y:60%} | 'buckets':{x:10%,y:60%,n:20%} | buckets.x.rate 10% 30% 10% !
          an added one when no rate helps               | 'buckets':{x:10%,y:50%(z:5%)} | 'buckets':{x:10%,y:50%(z:6%),n:40%} | 'buckets':{x:10%,y:90%(z:5%)} | 'buckets':{x:10%,y:90%(z:6%)} | buckets.n nothing n40 nothing !
          and not the one that fits                     | 'buckets':{x:10%} | 'buckets':{x:10%,n:60%(o:5%),m:20%} | 'buckets':{x:70%} | 'buckets':{x:70%,m:20%} | buckets.n nothing n60(o5) nothing !
          a place that has become too small             | 'buckets':{x:10%(y:60%),z:30%} | 'buckets':{x:10%,z:30%,y:55%} | 'buckets':{x:10%(y:60%),z:40%} | 'buckets':{x:10%(y:55%),z:40%} | buckets.y.parent x root x !
          a rate before a place                         | 'buckets':{x:10%(y:40%),z:30%} | 'buckets':{x:10%,z:30%,y:60%} | 'buckets':{x:10%(y:40%),z:50%} | 'buckets':{x:10%,z:50%,y:40%} | buckets.y.rate 40% 60% 40% !
          a cost that has no room any more              | 'buckets':{'x':{'rate':'1t','ceil':'9t'},y:1%} | 'buckets':{'x':{'rate':'1t','ceil':'9t','cost':8},y:2%} | 'buckets':{'x':{'rate':'1t','ceil':'5t'},y:1%} | 'buckets':{'x':{'rate':'1t','ceil':'5t'},y:2%} | buckets.x.cost 1 8 1 !
          nothing beside the tree                       | 'queue-limit':5,'buckets':{x:10%,y:50%} | 'queue-limit':6,'buckets':{x:40%,y:50%} | 'queue-limit':5,'buckets':{x:10%,y:70%} | 'queue-limit':6,'buckets':{x:10%,y:70%} | buckets.x.rate 10% 40% 10% !
          """)
  void each_field_has_what_it_should(
      String what,
      @Nullable String writtenBefore,
      @Nullable String inForce,
      @Nullable String writtenNow,
      @Nullable String result,
      @Nullable String lost) {
    Merged merged = Merge.of(of(writtenBefore), of(inForce), of(writtenNow));
    assertThat(merged.spec()).isEqualTo(of(result));
    assertThat(merged.lost().stream().map(MergeTest::text))
        .containsExactlyInAnyOrder(lost == null ? new String[0] : lost.split(" \\+ ", -1));
  }

  private static DirectorSpec of(@Nullable String members) {
    return spec(members == null ? "" : members);
  }

  private static String text(LostOverride lost) {
    String path = lost.override().field();
    String name = path.substring(path.lastIndexOf('.') + 1);
    return "%s %s %s %s%s"
        .formatted(
            path,
            shortened(name, lost.override().before()),
            shortened(name, lost.override().after()),
            shortened(name, lost.writtenNow()),
            lost.why() == Why.IT_DOES_NOT_FIT ? " !" : "");
  }

  /** {@code @5} for a backend, {@code x1(y2)} for a bucket. */
  private static String shortened(String name, @Nullable Object json) {
    return (json == null ? "nothing" : json.toString().replace("\"", ""))
        .replaceAll("\\{url:[^,]*,capacity:([0-9]+)[^}]*}", "@$1")
        .replaceAll("\\{rate:([0-9]+)%[^{}]*buckets:", "$1(")
        .replaceAll("\\{rate:([0-9]+)%[^{}]*}", "$1")
        .replaceAll("[{}:]", "")
        .replaceAll("^([0-9]+)([(].*|)$", name.matches("[a-z]") ? name + "$1$2" : "$1$2")
        .replaceAll("^([^(]*)[(](.*)$", "$1($2)");
  }

  @Test
  void a_director_that_the_file_has_now_keeps_what_the_file_does_not_say() {
    DirectorSpec made = spec("'queue-limit':5,'backends':{b1:5,b2:5},'buckets':{x:10%,y:1%}");
    DirectorSpec file = spec("'retry-after':'3s','backends':{b1:6},'buckets':{x:20%}");
    Merged merged = Merge.of(null, made, file);
    assertThat(merged.spec())
        .isEqualTo(spec("'retry-after':'3s','backends':{b1:6,b2:5},'buckets':{x:20%,y:1%}"));
    assertThat(merged.lost().stream().map(MergeTest::text))
        .containsExactlyInAnyOrder(
            "queue-limit nothing 5 1000",
            "retry-after nothing 10s 3s",
            "backends.b1 nothing @5 @6",
            "buckets.x nothing x10 x20");
  }

  @Test
  void what_the_file_drops_goes_with_however_many_were_added_below() {
    String added =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "'n%d':{'rate':'1t'}".formatted(i))
            .collect(Collectors.joining(","));
    Merged merged =
        Merge.of(
            spec("'buckets':{x:1%,y:1%}"),
            spec("'buckets':{'x':{'rate':'1%','buckets':{" + added + "}},y:2%}"),
            spec("'buckets':{y:1%}"));
    assertThat(merged.spec()).isEqualTo(spec("'buckets':{y:2%}"));
    assertThat(merged.lost()).hasSize(2_000);
  }

  @Test
  void the_log_hears_the_field_and_all_three_values() {
    Merged merged =
        Merge.of(
            spec("'queue-limit':5,'buckets':{x:10%,y:50%}"),
            spec("'queue-limit':6,'buckets':{x:40%,y:50%}"),
            spec("'queue-limit':7,'buckets':{x:10%,y:70%}"));
    assertThat(merged.lost().stream().map(LostOverride::text))
        .containsExactly(
            "queue-limit: 6, set at runtime over the file's 5, gives way to the file's 7",
            "buckets.x.rate: \"40%\", set at runtime over the file's \"10%\", gives way to the"
                + " file's \"10%\", since it does not fit what the file says now");
  }
}
