package dev.usher.it.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShaperIT {
  private static final String NESTED =
      "'vip':{'rate':'10%','ceil':'30%'},"
          + "'main':{'rate':'50%','ceil':'70%','buckets':{'upload':{'rate':'50%','ceil':'50%'}}}";

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();

  private TestDirector director(int capacity, String buckets) {
    return STAGE.director().backend("b1", backend, capacity).buckets(buckets).create();
  }

  private ShaperScript script(int capacity, String buckets) {
    return new ShaperScript(director(capacity, buckets), backend);
  }

  /** The worked examples of the shaper's description. */
  @ParameterizedTest(name = "{2} of {0} tokens is {3}..{4}")
  @CsvSource({
    "10, nested, vip, 1, 3",
    "10, nested, main, 5, 7",
    "10, nested, upload, 2, 3",
    "3, nested, vip, 1, 1",
    "3, nested, main, 1, 2",
    "100, four, VIP, 5, 20",
    "100, four, Upload, 5, 10",
    "100, four, Backend, 1, 10",
    "100, four, Jail, 1, 5",
    "10, four, root, 10, 10"
  })
  void ratesAndCeilingsInTokens(int capacity, String tree, String bucket, int rate, int ceil) {
    String four =
        "'VIP':{'rate':'5%','ceil':'20%'},'Upload':{'rate':'5%','ceil':'10%'},"
            + "'Backend':{'rate':'1t','ceil':'10t'},'Jail':{'rate':'1t','ceil':'5t'}";
    JsonNode node = director(capacity, tree.equals("four") ? four : NESTED).bucket(bucket);
    assertThat(node.at("/token-rate").asInt()).isEqualTo(rate);
    assertThat(node.at("/token-ceil").asInt()).isEqualTo(ceil);
  }

  @Test
  void fortyRequestsOnTenTokensHoldTheirCeilings() {
    ShaperScript script = script(10, NESTED);
    assertThat(script.ask("vip", 10).held()).isEqualTo("vip=3");
    assertThat(script.ask("upload", 10).held()).isEqualTo("upload=3 vip=3");
    assertThat(script.ask("main", 10).held()).isEqualTo("main=4 upload=3 vip=3");
    assertThat(script.ask("root", 10).held()).isEqualTo("main=4 upload=3 vip=3");
    script.release("vip", "main", "upload", "vip");
    assertThat(script.held()).isEqualTo("main=3 root=4 upload=2 vip=1");
    script.release("vip", "vip", "vip");
    assertThat(script.held()).as("the assured one comes back each time").contains("vip=1");
    script.finish();
    assertThat(backend.maxInFlight()).isEqualTo(10);
    assertThat(backend.total()).isEqualTo(40);
  }

  @ParameterizedTest(name = "the script {0} on {1} tokens")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nested  | 10 | 'vip':{'rate':'10%','ceil':'30%'},'main':{'rate':'50%','ceil':'70%','buckets':{'upload':{'rate':'50%','ceil':'50%'}}}
          lending | 12 | 'a':{'rate':'25%','lend':'0%'},'b':{'rate':'4t','ceil':'9t','priority':2,'weight':3},'c':{'rate':'10%','priority':1},'jail':{'rate':'1t','ceil':'1t'}
          deep    | 9  | 'x':{'rate':'60%','buckets':{'x1':{'rate':'50%','weight':2},'x2':{'rate':'50%','ceil':'80%','lend':'50%'}}},'y':{'rate':'40%','ceil':'60%','buckets':{'y1':{'rate':'100%'}}}
          """,
      quoteCharacter = '`')
  void whoIsInFlightAtEachMomentIsWhatTheModelSays(String name, int capacity, String buckets)
      throws IOException {
    ShaperScript script = script(capacity, buckets);
    int line = 0;
    for (String text : lines(name + ".script")) {
      line++;
      String[] parts = text.split(" \\| ?", 2);
      script.step(parts[0]);
      assertThat(script.held()).as("%s, step %d: %s", name, line, text).isEqualTo(parts[1]);
    }
    script.finish();
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ShaperIT.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void aBucketThatLendsNothingWaitsForNobody() {
    ShaperScript script =
        script(10, "'vip':{'rate':'20%','ceil':'40%','lend':'0%'},'main':{'rate':'80%'}");
    assertThat(script.ask("main", 12).held()).isEqualTo("main=8");
    assertThat(script.ask("vip", 3).held()).isEqualTo("main=8 vip=2");
    script.finish();
  }

  @Test
  void aBucketThatLendsAllGetsTheNextTokenThatComesBack() {
    ShaperScript script = script(10, "'vip':{'rate':'20%'},'main':{'rate':'80%'}");
    assertThat(script.ask("main", 12).held()).isEqualTo("main=10");
    assertThat(script.ask("vip", 1).held()).isEqualTo("main=10");
    assertThat(script.release("main").held()).isEqualTo("main=9 vip=1");
    assertThat(script.release("main").held()).isEqualTo("main=9 vip=1");
    script.finish();
  }

  @Test
  void loansGoByPriorityThenByWhatIsHeldForTheWeight() {
    ShaperScript script =
        script(
            13,
            "'a':{'rate':'1t'},'b':{'rate':'1t','priority':1,'weight':3},"
                + "'c':{'rate':'1t','priority':1,'weight':1},'d':{'rate':'1t','priority':5}");
    script.ask("a", 13);
    script.ask("d", 9).ask("c", 9).ask("b", 9);
    script.release("a", "a", "a");
    assertThat(script.held()).as("all assured first").isEqualTo("a=10 b=1 c=1 d=1");
    script.release("a", "a", "a", "a", "a", "a", "a", "a");
    assertThat(script.held()).as("3 to 1, and nothing for d").isEqualTo("a=2 b=7 c=3 d=1");
    script.finish();
  }

  @Test
  void aRequestHoldsItsCost() {
    TestDirector app = director(10, "'heavy':{'rate':'4t','ceil':'7t','cost':3}");
    ShaperScript script = new ShaperScript(app, backend);
    assertThat(script.ask("heavy", 3).held()).isEqualTo("heavy=2");
    assertThat(app.held("heavy")).isEqualTo(6);
    assertThat(script.ask("root", 6).held()).isEqualTo("heavy=2 root=4");
    assertThat(app.held("root")).isEqualTo(10);
    script.release("root");
    assertThat(script.held()).isEqualTo("heavy=2 root=4");
    script.release("heavy");
    assertThat(script.held()).isEqualTo("heavy=1 root=5");
    assertThat(app.held("heavy")).isEqualTo(3);
    script.finish();
  }

  @Test
  void aScavengerRunsOnlyOnWhatNobodyNeeds() {
    ShaperScript script = script(4, "'bulk':{'priority':7},'main':{'rate':'100%'}");
    assertThat(script.ask("bulk", 6).held()).isEqualTo("bulk=4");
    assertThat(script.ask("main", 4).held()).isEqualTo("bulk=4");
    assertThat(script.release("bulk", "bulk", "bulk", "bulk").held()).isEqualTo("main=4");
    script.finish();
  }

  @Test
  void everyChangeOfTheTreeDrains() {
    TestDirector app = director(10, "'jail':{'rate':'1t','ceil':'2t'}");
    ShaperScript script = new ShaperScript(app, backend);
    assertThat(script.ask("jail", 8).held()).isEqualTo("jail=2");
    app.postBucket("jail", "{'ceil':'5t'}").expect(200);
    assertThat(script.ask("root", 1).held()).isEqualTo("jail=5 root=1");
    app.postBucket("jail", "{'ceil':'1t'}").expect(200);
    assertThat(script.release("jail", "jail", "jail", "jail").held()).isEqualTo("jail=1 root=1");
    STAGE.admin().delete(app.api() + "/buckets/jail").expect(204);
    assertThat(script.ask("root", 1).held()).isEqualTo("jail=4 root=2");
    script.finish();
  }

  @Test
  void booksAddUpInTheTree() {
    TestDirector app = director(10, NESTED);
    new ShaperScript(app, backend).ask("vip", 2).ask("upload", 3).ask("main", 1).ask("root", 1);
    JsonNode shaper = app.view().at("/shaper");
    assertThat(shaper.at("/actual").asInt()).isEqualTo(7);
    assertThat(app.held("vip")).isEqualTo(2);
    assertThat(app.bucket("vip").at("/overrate").asInt()).isEqualTo(1);
    assertThat(app.held("main")).isEqualTo(4);
    assertThat(app.held("upload")).isEqualTo(3);
    assertThat(app.bucket("upload").at("/stats/granted").asInt()).isEqualTo(3);
    assertThat(app.bucket("upload").at("/stats/borrowed").asInt()).isEqualTo(1);
  }
}
