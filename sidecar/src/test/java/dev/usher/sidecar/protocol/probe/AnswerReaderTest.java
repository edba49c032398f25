package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe.Result;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static HealthCheckEditor how() {
    return HealthCheckSpec.DEFAULT.edit();
  }

  private static HealthCheckEditor wanting(String match) {
    return how().match(match);
  }

  /** What is said of the answer, which ends there, in whatever pieces it comes. */
  private static Result judge(HealthCheckEditor how, String answer) {
    byte[] bytes = answer.getBytes(UTF_8);
    Result whole = judge(how.build(), bytes, bytes.length);
    for (int cut = 0; cut < bytes.length; cut++) {
      assertThat(judge(how.build(), bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
    }
    AnswerReader slow = new AnswerReader(how.build());
    Result told = null;
    for (int i = 0; i < bytes.length && told == null; i++) {
      told = slow.take(ByteBuffer.wrap(bytes, i, 1));
    }
    assertThat(told == null ? slow.end() : told).isEqualTo(whole);
    return whole;
  }

  private static Result judge(HealthCheckSpec how, byte[] bytes, int cut) {
    AnswerReader reader = new AnswerReader(how);
    Result told = reader.take(ByteBuffer.wrap(bytes, 0, cut));
    if (told == null) {
      told = reader.take(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
    }
    return told == null ? reader.end() : told;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK         | true  | status 200
          HTTP/1.0 204 No Content | true  | status 204
          HTTP/1.1 200            | true  | status 200
          HTTP/1.1 503 Bad        | false | status 503, want 200, 204
          HTTP/1.1 301 Moved      | false | status 301, want 200, 204
          HTTP/1.1 101 Switch     | false | it switches protocols without being asked
          HTTP/1.1 20 OK          | false | its answer is not HTTP/1.x
          HTTP/1.1 2000 OK        | false | its answer is not HTTP/1.x
          HTTP/1.1 600 OK         | false | its answer is not HTTP/1.x
          HTTP/2 200 OK           | false | its answer is not HTTP/1.x
          SSH-2.0-OpenSSH_9.2     | false | its answer is not HTTP/1.x
          """)
  void the_status_decides(String statusLine, boolean good, String cause) {
    assertThat(judge(how(), statusLine + "\r\nContent-Length: 5\r\n\r\nhello"))
        .isEqualTo(new Result(good, cause));
    assertThat(judge(how(), statusLine + "\n\n")).isEqualTo(new Result(good, cause));
  }

  @Test
  void the_body_is_not_waited_for_when_nobody_wants_something_in_it() {
    AnswerReader reader = new AnswerReader(how().build());
    byte[] head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(UTF_8);
    assertThat(reader.take(ByteBuffer.wrap(head))).isEqualTo(new Result(true, "status 200"));
  }

  @Test
  void interim_answers_are_passed_over() {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n";
    assertThat(judge(how(), interim + "HTTP/1.1 200 OK\r\n\r\n").good()).isTrue();
    assertThat(judge(how(), interim).cause()).isEqualTo("its answer broke off in its head");
  }

  @Test
  void what_an_interim_answer_says_of_its_body_is_not_said_of_the_final_one() {
    String length = "HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n";
    String chunked = "HTTP/1.1 100 Continue\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (String interim : List.of(length, chunked)) {
      assertThat(judge(wanting("up"), interim + "HTTP/1.1 200 OK\r\n\r\nit is up").good())
          .as(interim)
          .isTrue();
    }
  }

  @Test
  void a_reason_phrase_is_any_text() {
    for (int letter = ' '; letter < 0x100; letter++) {
      byte[] answer = ("HTTP/1.1 200 " + (char) letter + "\r\n\r\n").getBytes(ISO_8859_1);
      assertThat(judge(how().build(), answer, 0))
          .as("letter %02x", letter)
          .isEqualTo(new Result(true, "status 200"));
    }
    assertThat(judge(how(), "HTTP/1.1 200 O\rK\r\n\r\n").good()).isFalse();
  }

  @Test
  void what_ends_too_early_is_bad() {
    assertThat(judge(how(), "").cause()).isEqualTo("closed before its answer");
    assertThat(judge(how(), "HTTP/1.1 200 OK\r\nServer:").cause())
        .isEqualTo("its answer broke off in its head");
    String half = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
    assertThat(judge(wanting("whole"), half).cause()).isEqualTo("its body broke off");
    assertThat(judge(wanting("up"), CHUNKED + "5\r\nis").cause()).isEqualTo("its body broke off");
  }

  @Test
  void the_text_is_found_in_a_body_of_some_length() {
    String answer = "HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\nall is fine!";
    assertThat(judge(wanting("is fine"), answer))
        .isEqualTo(new Result(true, "status 200, and its body has the text"));
    assertThat(judge(wanting("fine! "), answer + " ").cause())
        .isEqualTo("its body has no 'fine! '");
  }

  @Test
  void the_text_is_found_across_chunks() {
    String chunks = "3\r\nall\r\n5;x=y\r\n is f\r\n4\r\nine!\r\n0\r\nTrailer: is fine?\r\n\r\n";
    assertThat(judge(wanting("is fine"), CHUNKED + chunks).good()).isTrue();
    assertThat(judge(wanting("fine?"), CHUNKED + chunks).cause())
        .isEqualTo("its body has no 'fine?'");
    assertThat(judge(wanting("up"), CHUNKED + "x\r\n").cause()).startsWith("its body is broken: ");
  }

  @Test
  void the_text_is_found_in_a_body_that_ends_with_the_connection() {
    String answer = "HTTP/1.0 200 OK\r\n\r\nall is fine";
    assertThat(judge(wanting("fine"), answer).good()).isTrue();
    assertThat(judge(wanting("good"), answer).cause()).isEqualTo("its body has no 'good'");
  }

  @Test
  void text_is_utf_8() {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ngr\u00fc\u00df";
    assertThat(judge(wanting("\u00fc\u00df"), answer).good()).isTrue();
  }

  @Test
  void a_status_that_is_not_expected_is_told_before_the_body_is_looked_at() {
    String answer = "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nup";
    assertThat(judge(wanting("up"), answer).cause()).isEqualTo("status 500, want 200, 204");
    assertThat(judge(wanting("up").expect(List.of(500)), answer).good()).isTrue();
  }

  @Test
  void a_body_in_chunks_has_the_length_that_the_chunks_say() {
    String both = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n";
    assertThat(judge(wanting("up"), both + "2\r\nup\r\n0\r\n\r\n").good()).isTrue();
  }

  @Test
  void an_answer_without_a_body_has_no_text() {
    assertThat(judge(wanting("up").expect(List.of(304)), "HTTP/1.1 304 Same\r\n\r\nup").cause())
        .isEqualTo("its body has no 'up'");
    assertThat(judge(wanting("up"), "HTTP/1.1 204 No Content\r\n\r\n").cause())
        .isEqualTo("its body has no 'up'");
    assertThat(judge(wanting("up"), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nup").cause())
        .isEqualTo("its body has no 'up'");
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: -1", "Content-Length: 5x", "Transfer-Encoding: gzip"})
  void a_body_whose_end_cannot_be_known_is_bad_when_it_matters(String field) {
    String answer = "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\nup";
    assertThat(judge(wanting("up"), answer).good()).isFalse();
    assertThat(judge(how(), answer).good()).isTrue();
  }

  @Test
  void an_endless_head_is_ended() {
    AnswerReader reader = new AnswerReader(how().build());
    assertThat(feed(reader, "HTTP/1.1 200 OK\r\n")).isNull();
    assertThat(feedForEver(reader, "X: " + "y".repeat(1_000) + "\r\n"))
        .isEqualTo(new Result(false, "the head of its answer is longer than 64KiB"));
    AnswerReader line = new AnswerReader(how().build());
    assertThat(feedForEver(line, "z".repeat(1_000)).good()).isFalse();
    AnswerReader interim = new AnswerReader(how().build());
    assertThat(feedForEver(interim, "HTTP/1.1 100 Continue\r\n\r\n").good()).isFalse();
  }

  @Test
  void a_head_of_so_many_bytes_is_taken_and_no_byte_more() {
    String begin = "HTTP/1.1 200 OK\r\nX: ";
    String end = "\r\n\r\n";
    int room = AnswerReader.MAX_HEAD_BYTES - begin.length() - end.length();
    AnswerReader longest = new AnswerReader(how().build());
    assertThat(feed(longest, begin + "x".repeat(room) + end))
        .isEqualTo(new Result(true, "status 200"));
    AnswerReader longer = new AnswerReader(how().build());
    assertThat(feed(longer, begin + "x".repeat(room + 1) + end))
        .isEqualTo(new Result(false, "the head of its answer is longer than 64KiB"));
  }

  @Test
  void an_endless_body_is_ended() {
    AnswerReader reader = new AnswerReader(wanting("up").build());
    assertThat(feed(reader, "HTTP/1.1 200 OK\r\n\r\n")).isNull();
    assertThat(feedForEver(reader, "u".repeat(1_000)))
        .isEqualTo(new Result(false, "no 'up' in the first 64KiB of its body"));
    AnswerReader chunks = new AnswerReader(wanting("up").build());
    assertThat(feed(chunks, CHUNKED)).isNull();
    assertThat(feedForEver(chunks, "3\r\nuuu\r\n").cause()).startsWith("no 'up' in the first");
  }

  @Test
  void a_body_that_is_all_framing_is_ended() {
    AnswerReader reader = new AnswerReader(wanting("up").build());
    assertThat(feed(reader, CHUNKED)).isNull();
    String chunk = "1;" + "x".repeat(1_022) + "\r\nu\r\n";
    int times = AnswerReader.MAX_RAW_BYTES / chunk.length() + 1;
    assertThat(feed(reader, chunk.repeat(times)))
        .isEqualTo(new Result(false, "its body is more framing than text"));
  }

  @Test
  void the_smallest_chunks_are_searched_as_far_as_others() {
    AnswerReader reader = new AnswerReader(wanting("up").build());
    assertThat(feed(reader, CHUNKED)).isNull();
    String body = "1\r\n-\r\n".repeat(AnswerReader.MAX_BODY_BYTES - 2) + "2\r\nup\r\n";
    assertThat(feed(reader, body)).isNotNull().extracting(Result::good).isEqualTo(true);
  }

  @Test
  void the_last_byte_that_is_searched_counts() {
    String body = "-".repeat(AnswerReader.MAX_BODY_BYTES - 2) + "up";
    AnswerReader reader = new AnswerReader(wanting("up").build());
    assertThat(feed(reader, "HTTP/1.1 200 OK\r\n\r\n")).isNull();
    Result found = feed(reader, body);
    assertThat(found).isNotNull().extracting(Result::good).isEqualTo(true);
    AnswerReader late = new AnswerReader(wanting("up").build());
    assertThat(feed(late, "HTTP/1.1 200 OK\r\n\r\n")).isNull();
    Result missed = feed(late, "-" + body);
    assertThat(missed).isNotNull().extracting(Result::good).isEqualTo(false);
  }

  private static @Nullable Result feed(AnswerReader reader, String text) {
    return reader.take(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static Result feedForEver(AnswerReader reader, String again) {
    for (int i = 0; i < 100_000; i++) {
      Result result = feed(reader, again);
      if (result != null) {
        return result;
      }
    }
    throw new AssertionError("it never ends");
  }
}
