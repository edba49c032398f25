package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  private static final int SEED = 9;

  /** Behind how many bytes of {@code body} the text has ended first; -1 for never. */
  private static int find(String text, String body) {
    TextSearch search = new TextSearch(text);
    byte[] bytes = body.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (search.found(bytes[i])) {
        return i + 1;
      }
    }
    return -1;
  }

  @Test
  void finds_a_text_whose_beginning_comes_twice() {
    assertThat(find("aab", "aaab")).isEqualTo(4);
    assertThat(find("abab", "abaabab")).isEqualTo(7);
    assertThat(find("ü", "u\u0308 ü")).isEqualTo(6);
    assertThat(find("x", "")).isEqualTo(-1);
  }

  @Test
  void finds_what_the_jdk_finds() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200_000; i++) {
      String text = letters(random, 1 + random.nextInt(6));
      String body = letters(random, random.nextInt(30));
      int index = body.indexOf(text);
      assertThat(find(text, body))
          .as("seed %d: %s in %s", SEED, text, body)
          .isEqualTo(index < 0 ? -1 : index + text.length());
    }
  }

  @Test
  void finds_each_of_several() {
    TextSearch search = new TextSearch("aa");
    int found = 0;
    for (byte b : "aaaa".getBytes(UTF_8)) {
      found += search.found(b) ? 1 : 0;
    }
    assertThat(found).isEqualTo(3);
  }

  private static String letters(Random random, int length) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append((char) ('a' + random.nextInt(2)));
    }
    return letters.toString();
  }
}
