package dev.usher.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"a", "Z9", "vip-1", "_", "-", "a.b", "...", ".a", "a..", "root"})
  void letters_digits_and_three_signs_are_a_name(String name) {
    assertThat(BucketName.isValid(name)).isTrue();
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"", ".", "..", " ", "a b", "a/b", "ü", "a\n", "\na", ".\n", "a%", "a,b"})
  void nothing_else_is(String name) {
    assertThat(BucketName.isValid(name)).isFalse();
  }

  @Test
  void a_name_has_at_most_64_letters() {
    assertThat(BucketName.isValid("a".repeat(64))).isTrue();
    assertThat(BucketName.isValid("a".repeat(65))).isFalse();
  }
}
