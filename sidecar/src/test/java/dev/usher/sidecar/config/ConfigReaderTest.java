package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.classify.UndertowRouteSyntax;
import dev.usher.sidecar.config.RouteSpec.Destination;
import dev.usher.sidecar.director.ondemand.BackendPattern;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.ondemand.Template;
import dev.usher.sidecar.director.ondemand.UrlPattern;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  private static final ConfigReader READER = new ConfigReader(new UndertowRouteSyntax());
  private static final RouteSpec ON_DEMAND = new RouteSpec(null, new Destination.OnDemand());

  @TempDir private Path folder;

  @Test
  void the_whole_sample_is_read() throws Exception {
    DirectorSpec app =
        new DirectorSpec(
            "app",
            DirectorSpec.Settings.DEFAULT,
            List.of(new BackendSpec("app01", new Target("10.0.0.3", 8080), 10, Role.ACTIVE, true)),
            List.of(
                BucketSpec.of("vip", "10%", "30%"),
                BucketSpec.of("main", "50%", "70%", BucketSpec.of("upload", "50%", "50%"))));
    Template template =
        new Template(
            DirectorSpec.Settings.DEFAULT.edit().queueLimit(20).build(),
            List.of(
                new BackendPattern(
                    "own", new UrlPattern("http://{host}.internal:{port}"), 5, Role.ACTIVE, true)),
            List.of(BucketSpec.of("vip", "10%", "100%")));
    OnDemandSpec onDemand = new OnDemandSpec(template, 500, Duration.ofMinutes(30));
    assertThat(READER.read(sample()))
        .isEqualTo(
            new UsherConfig(
                null,
                List.of(new ListenAddress("127.0.0.1", 7070)),
                new ListenAddress("127.0.0.1", 7071),
                null,
                1L << 30,
                Duration.ofSeconds(20),
                List.of(Cidr.parse("", "127.0.0.0/8"), Cidr.parse("", "::1/128")),
                List.of(
                    new RouteSpec(
                        "path-prefix('/upload')",
                        new Destination.ToDirector("app", "upload", null)),
                    new RouteSpec(
                        "exists(%{i,X-Backend})",
                        new Destination.ToDirector("app", null, "%{i,X-Backend}")),
                    new RouteSpec(null, new Destination.ToDirector("app", null, null)),
                    ON_DEMAND),
                List.of(app),
                onDemand));
  }

  @Test
  void what_is_absent_has_its_default() throws InvalidConfiguration {
    UsherConfig config =
        READER.readYaml("f", "directors: {d: {buckets: {b: {}}, health-check: {}, cache: {}}}");
    assertThat(config.listeners()).containsExactly(new ListenAddress("127.0.0.1", 7070));
    assertThat(config.admin()).isEqualTo(new ListenAddress("127.0.0.1", 7071));
    assertThat(config.adminToken()).isNull();
    assertThat(config.maxBodyBytes()).isEqualTo(UsherConfig.UNLIMITED);
    assertThat(config.trustTagsFrom()).map(Cidr::toString).hasSize(2).contains("127.0.0.0/8");
    assertThat(config.directors())
        .containsExactly(
            new DirectorSpec(
                "d",
                DirectorSpec.Settings.DEFAULT,
                List.of(),
                List.of(BucketSpec.of("b", "0%", "100%"))));
  }

  @Test
  void without_routes_everything_goes_to_the_only_director_or_on_demand()
      throws InvalidConfiguration {
    assertThat(READER.readYaml("f", "directors: {d: {}}").routes())
        .containsExactly(new RouteSpec(null, new Destination.ToDirector("d", null, null)));
    assertThat(READER.readYaml("f", "directors: {}").routes()).containsExactly(ON_DEMAND);
  }

  @Test
  void on_demand_has_a_limit_and_an_idle_time_if_it_is_there() throws InvalidConfiguration {
    assertThat(READER.readYaml("f", "directors: {}").onDemand()).isNull();
    Template empty = new Template(DirectorSpec.Settings.DEFAULT, List.of(), List.of());
    assertThat(READER.readYaml("f", "on-demand: {template: {}}").onDemand())
        .isEqualTo(new OnDemandSpec(empty, 10_000, Duration.ofHours(1)));
  }

  @Test
  void an_empty_list_of_trusted_peers_trusts_nobody() throws InvalidConfiguration {
    assertThat(READER.readYaml("f", "trust-tags-from: []").trustTagsFrom()).isEmpty();
  }

  @Test
  void ports_of_0_may_be_there_twice() throws InvalidConfiguration {
    assertThat(READER.readYaml("f", "{listeners: [{port: 0}, {port: 0}], admin: {port: 0}}"))
        .extracting(UsherConfig::listeners)
        .isEqualTo(List.of(new ListenAddress("127.0.0.1", 0), new ListenAddress("127.0.0.1", 0)));
  }

  @Test
  void an_admin_with_a_token_may_listen_everywhere() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), " secret\r\n");
    String yaml = "admin: {address: 0.0.0.0, token-file: %s}".formatted(token);
    assertThat(READER.readYaml("f", yaml).adminToken()).isEqualTo(new AdminToken("secret"));
  }

  @Test
  void a_byte_order_mark_and_windows_lines_are_fine() throws Exception {
    Path file = folder.resolve("bom.yaml");
    Files.writeString(file, "\uFEFFlisteners:\r\n- port: 80\r\n");
    assertThat(READER.read(file).listeners()).containsExactly(new ListenAddress("127.0.0.1", 80));
  }

  @Test
  void trouble_with_the_file_is_a_problem_too() throws Exception {
    assertThat(problemOf(folder)).endsWith("got a directory");
    assertThat(problemOf(folder.resolve("none.yaml"))).endsWith("got no such file");
    Path file = Files.writeString(folder.resolve("file"), "directors: {}");
    assertThat(problemOf(file.resolve("below"))).contains("want a readable YAML file");
  }

  @Test
  void bytes_that_are_not_utf_8_are_named_with_their_line() throws IOException {
    Path file = folder.resolve("latin1.yaml");
    Files.write(file, "admin:\n  address: b\u00fccher\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problemOf(file)).isEqualTo(file + ":2: want text in UTF-8, got the byte 0xfc");
    Files.write(file, new byte[] {'a', '\n', '\n', (byte) 0xe2, (byte) 0x82});
    assertThat(problemOf(file)).isEqualTo(file + ":3: want text in UTF-8, got the byte 0xe2");
    Files.write(file, "a: b".getBytes(StandardCharsets.UTF_16));
    assertThat(problemOf(file)).isEqualTo(file + ":1: want text in UTF-8, got the byte 0xfe");
  }

  @Test
  void control_characters_are_named_with_their_line() throws IOException {
    Path file = Files.writeString(folder.resolve("nul.yaml"), "admin:\n  port: 1\u0000\n");
    assertThat(problemOf(file))
        .isEqualTo(file + ":2: want text in printable characters, got the character U+0000");
  }

  @Test
  void a_file_of_4_mib_is_read_and_a_longer_one_is_not() throws Exception {
    Path file = folder.resolve("long.yaml");
    String start = "listeners: [{port: 80}]\n";
    String comment = "#" + "x".repeat(1022) + "\n";
    String comments = comment.repeat(ConfigReader.MAX_BYTES / comment.length());
    String fits = start + comments.substring(0, ConfigReader.MAX_BYTES - start.length());
    Files.writeString(file, fits);
    assertThat(READER.read(file).listeners()).hasSize(1);
    Files.writeString(file, fits + "x");
    assertThat(problemOf(file)).contains("at most 4MiB");
  }

  @Test
  void directors_alone_need_no_routes_however_many_they_are() throws InvalidConfiguration {
    String two = "directors: {a: {}, b: {}}";
    assertThat(directors(READER, two)).extracting(DirectorSpec::name).containsExactly("a", "b");
    assertThat(directors(READER, "directors: {}")).isEmpty();
    assertThat(problemOf(two)).contains("want routes that choose among the directors a, b");
  }

  @Test
  void all_else_in_a_file_of_directors_is_checked_as_ever() {
    String yaml = "listeners: []\nnonsense: 1\nroutes: [{director: c}]\ndirectors: {a: {x: 1}}";
    InvalidConfiguration thrown =
        catchThrowableOfType(InvalidConfiguration.class, () -> directors(READER, yaml));
    assertThat(thrown.problems())
        .extracting(problem -> problem.line() + " " + problem.key())
        .containsExactly("1 listeners", "2 nonsense", "3 routes[0].director", "4 directors.a.x");
  }

  @Test
  void a_file_of_directors_says_so() {
    for (String yaml : List.of("{}", "listeners: [{port: 1}]", "directors:", "")) {
      InvalidConfiguration thrown =
          catchThrowableOfType(InvalidConfiguration.class, () -> directors(READER, yaml));
      assertThat(thrown).as(yaml).isNotNull();
      assertThat(thrown.problems()).as(yaml).hasSize(1);
    }
  }

  @Test
  void a_file_of_directors_may_be_longer_than_one_that_somebody_writes() throws Exception {
    Path file = folder.resolve("export.yaml");
    String comments = ("#" + "x".repeat(1022) + "\n").repeat(5 * 1024);
    Files.writeString(file, comments + "directors: {a: {}}");
    assertThat(READER.directors(file)).hasSize(1);
    assertThat(problemOf(file)).contains("at most 4MiB");
  }

  static List<DirectorSpec> directors(ConfigReader reader, String yaml)
      throws InvalidConfiguration {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return reader.directors("f", new ByteArrayInputStream(bytes)).stream()
        .map(ImportedDirector::spec)
        .toList();
  }

  @Test
  void nesting_has_an_end_in_brackets_and_in_blocks() {
    assertThat(problemOf("a: " + "[".repeat(60_000))).contains(":1: want at most 64 levels");
    assertThat(problemOf("- ".repeat(15_000))).contains(":1: want at most 64 levels");
    assertThat(problemOf("{a: ".repeat(15_000))).contains(":1: want at most 64 levels");
    assertThat(problemOf("? ".repeat(15_000))).contains(":1: want at most 64 levels");
  }

  @Test
  void a_thousand_problems_are_a_thousand() {
    String yaml = "trust-tags-from:\n" + "- x\n".repeat(1_000);
    assertThat(problems(yaml)).hasSize(1_000).extracting(Problem::line).contains(2, 1_001);
  }

  @Test
  void more_problems_than_a_thousand_are_counted() {
    List<Problem> problems = problems("a: 1\n".repeat(100_000));
    assertThat(problems).hasSize(1_001);
    assertThat(problems.get(1_000).text()).contains("at most 1000 problems, got 99000 more");
  }

  @Test
  void a_line_has_an_end() {
    assertThat(problemOf("a: b\n#" + "x".repeat(65_536)))
        .isEqualTo("usher.yaml:2: want lines of at most 65536 characters, got a longer one");
  }

  @Test
  void the_exception_says_all_problems() {
    InvalidConfiguration thrown =
        catchThrowableOfType(
            InvalidConfiguration.class, () -> READER.readYaml("f", "{a: 1, b: 2}"));
    assertThat(thrown).hasMessageMatching("f:1: a: want .*\nf:1: b: want .*");
  }

  private static Path sample() throws Exception {
    return Path.of(ConfigReaderTest.class.getResource("sample.yaml").toURI());
  }

  private static List<Problem> problems(String yaml) {
    return catchThrowableOfType(
            InvalidConfiguration.class, () -> READER.readYaml("usher.yaml", yaml))
        .problems();
  }

  private static String problemOf(String yaml) {
    assertThat(problems(yaml)).hasSize(1);
    return problems(yaml).get(0).text();
  }

  private static String problemOf(Path file) {
    InvalidConfiguration thrown =
        catchThrowableOfType(InvalidConfiguration.class, () -> READER.read(file));
    assertThat(thrown.problems()).hasSize(1);
    return thrown.problems().get(0).text();
  }
}
