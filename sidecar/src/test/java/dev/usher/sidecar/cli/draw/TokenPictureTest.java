package dev.usher.sidecar.cli.draw;

import static dev.usher.sidecar.cli.draw.Views.leaf;
import static dev.usher.sidecar.cli.draw.Views.parent;
import static dev.usher.sidecar.cli.draw.Views.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.shaper.BucketView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPictureTest {
  private static final BucketView NOTHING_YET = root(100, 0, 0);
  private static final BucketView OVERLOADED =
      root(
          100,
          0,
          0,
          leaf("VIP", 5, 20, 20, 12, 0, 31),
          leaf("Upload", 5, 10, 10, 15, 0.04, 123.4),
          leaf("Backend", 1, 10, 10, 18, 9.94, 1234),
          leaf("Jail", 1, 5, 5, 16, 0, 12_345));

  @Test
  void a_wide_line_shows_a_column_for_each_token() {
    assertThat(picture(OVERLOADED, 140))
        .isEqualTo(
            """
            root    VVVVVvvvvvvvvvvvvvvvUUUUUuuuuuBbbbbbbbbbJjjjj·······················································   45 of 100, 61 waiting
            VIP     VVVVVvvvvvvvvvvvvvvv     20 of 5..20     waiting 12    assured wait 0.0 ms    loan wait 31 ms
            Upload  UUUUUuuuuu               10 of 5..10     waiting 15    assured wait 0.0 ms    loan wait 123 ms
            Backend Bbbbbbbbbb               10 of 1..10     waiting 18    assured wait 9.9 ms    loan wait 1234 ms
            Jail    Jjjjj                    5 of 1..5       waiting 16    assured wait 0.0 ms    loan wait 12.3 s
            """);
  }

  @Test
  void a_terminal_of_80_columns_shows_two_tokens_in_a_column_and_says_so() {
    assertThat(picture(OVERLOADED, 80))
        .isEqualTo(
            """
            root    VVVvvvvvvvUUUuuBbbbbJjj···························  45/100, 61 wait
            VIP     VVVvvvvvvv  20 of 5..20  wait 12  assured 0.0 ms  loan 31 ms
            Upload  UUUuu       10 of 5..10  wait 15  assured 0.0 ms  loan 123 ms
            Backend Bbbbb       10 of 1..10  wait 18  assured 9.9 ms  loan 1234 ms
            Jail    Jjj         5 of 1..5    wait 16  assured 0.0 ms  loan 12.3 s
            (one column is 2 tokens)
            """);
  }

  @Test
  void a_narrow_terminal_gets_few_words() {
    assertThat(picture(OVERLOADED, 50))
        .isEqualTo(
            """
            root    VvvvvUuubbj·············· 45/100 +61
            VIP     Vvvvv 20/5..20 +12
            Upload  Uuu   10/5..10 +15
            Backend bbb   10/1..10 +18
            Jail    jj    5/1..5   +16
            (one column is 4 tokens)
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 21, 35, 50, 79, 80, 81, 100, 120, 139, 140, 200})
  void no_line_is_wider_than_the_terminal(int columns) {
    int width = Math.max(Canvas.NARROWEST, columns);
    for (int capacity : new int[] {0, 1, 100, 1_000, 1_000_000}) {
      BucketView view = root(capacity, capacity / 2, 3, leaf("VIP", capacity / 3, capacity, 1, 1));
      assertThat(TokenPicture.lines(view, NOTHING_YET, new Canvas(columns, true, false)))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
  }

  @Test
  void a_nested_bucket_stands_under_its_parent_whose_own_requests_come_last() {
    BucketView view =
        root(
            20,
            2,
            0,
            leaf("vip", 2, 6, 3, 0),
            parent("main", 10, 14, 4, 1, leaf("upload", 5, 7, 6, 0), leaf("api", 3, 14, 0, 0)));
    assertThat(picture(view, 120))
        .isEqualTo(
            """
            root    VVvUUUUUuMMmmRR·····   15 of 20, 1 waiting
            vip     VVv···             3 of 2..6        waiting 0    assured wait 0.0 ms    loan wait 0.0 ms
            main    UUUUUuMMmm····     10 of 10..14     waiting 1
             upload UUUUUu·            6 of 5..7        waiting 0    assured wait 0.0 ms    loan wait 0.0 ms
             api    ··············     0 of 3..14       waiting 0    assured wait 0.0 ms    loan wait 0.0 ms
             (own)  (M)                4 of 2..14       waiting 1    assured wait -         loan wait -
            no tag  (R)                2 of 8..20       waiting 0    assured wait -         loan wait -
            """);
  }

  @Test
  void loans_of_untagged_requests_are_small_letters_too() {
    BucketView view = root(10, 9, 4, leaf("VIP", 3, 5, 1, 0));
    assertThat(picture(view, 120))
        .isEqualTo(
            """
            root   VRRRRRRRrr   10 of 10, 4 waiting
            VIP    V····     1 of 3..5      waiting 0    assured wait 0.0 ms    loan wait 0.0 ms
            no tag (R)       9 of 7..10     waiting 4    assured wait -         loan wait -
            """);
  }

  @Test
  void buckets_with_the_same_first_letter_get_different_ones() {
    BucketView view =
        root(8, 0, 0, leaf("app", 2, 2, 2, 0), leaf("api", 2, 2, 2, 0), leaf("123", 2, 2, 2, 0));
    assertThat(picture(view, 120).lines().findFirst())
        .hasValue("root AAPPBB··   6 of 8, 0 waiting");
  }

  @Test
  void letters_repeat_when_the_alphabet_is_used_up() {
    List<BucketView> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(leaf("b" + i, 1, 1, 1, 0));
    }
    BucketView view = root(30, 0, 0, many.toArray(new BucketView[0]));
    assertThat(TokenPicture.lines(view, view, new Canvas(120, true, false)).get(0)).contains("BB");
  }

  @Test
  void tokens_above_a_ceil_that_shrank_are_shown() {
    BucketView view = root(2, 0, 0, leaf("VIP", 1, 2, 4, 1));
    assertThat(picture(view, 120))
        .isEqualTo(
            """
            root Vvvv   4 of 2, 1 waiting
            VIP  Vvvv     4 of 1..2     waiting 1    assured wait 0.0 ms    loan wait 0.0 ms
            """);
  }

  @Test
  void a_director_without_backends_has_an_empty_bar() {
    assertThat(picture(root(0, 0, 7, leaf("VIP", 0, 0, 0, 2)), 120))
        .isEqualTo(
            """
            root      0 of 0, 9 waiting
            VIP            0 of 0..0     waiting 2    assured wait 0.0 ms    loan wait 0.0 ms
            no tag (R)     0 of 0..0     waiting 7    assured wait -         loan wait -
            """);
  }

  @Test
  void waits_are_means_over_what_was_granted_since_the_view_before() {
    BucketView before = root(100, 0, 0, leaf("VIP", 5, 20, 20, 12, 4, 400));
    assertThat(TokenPicture.lines(before, before, new Canvas(140, true, false)).get(1))
        .contains("assured wait -    loan wait -");
  }

  @Test
  void colours_change_nothing_but_the_bars() {
    List<String> plain = TokenPicture.lines(OVERLOADED, NOTHING_YET, new Canvas(140, true, false));
    List<String> coloured =
        TokenPicture.lines(OVERLOADED, NOTHING_YET, new Canvas(140, true, true));
    assertThat(coloured.get(4))
        .startsWith("Jail    \u001b[1;35mJ\u001b[0m\u001b[35mjjjj\u001b[0m   ");
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .containsExactlyElementsOf(plain);
  }

  @Test
  void a_terminal_without_unicode_gets_full_stops() {
    assertThat(TokenPicture.lines(root(3, 1, 0), NOTHING_YET, new Canvas(80, false, false)).get(0))
        .isEqualTo("root   R..   1 of 3, 0 waiting");
  }

  private static String picture(BucketView view, int columns) {
    return String.join(
            "\n", TokenPicture.lines(view, NOTHING_YET, new Canvas(columns, true, false)))
        + "\n";
  }
}
