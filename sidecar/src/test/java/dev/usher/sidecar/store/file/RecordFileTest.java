package dev.usher.sidecar.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.store.record.Change;
import dev.usher.sidecar.store.record.Contents;
import dev.usher.sidecar.store.record.Newer;
import dev.usher.sidecar.store.record.Reading;
import dev.usher.sidecar.store.record.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
  @TempDir private Path temp;

  private Folder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new Folder(temp.resolve("data"));
  }

  @AfterEach
  void close() throws IOException {
    folder.close();
  }

  @Test
  void what_was_put_is_there_after_a_restart() throws IOException {
    try (RecordFile file = folder.open()) {
      assertThat(file.readAll()).isEmpty();
      file.put("app", bytes("one"));
      file.put("app", bytes("two"));
      file.put("ümläut/host:80", bytes(""));
      assertThat(texts(file)).isEqualTo(Map.of("app", "two", "ümläut/host:80", ""));
    }
    try (RecordFile file = folder.open()) {
      assertThat(texts(file)).isEqualTo(Map.of("app", "two", "ümläut/host:80", ""));
      file.put("app", bytes("three"));
      file.put("app", bytes("four"));
    }
    assertThat(texts(folder.open())).containsEntry("app", "four");
  }

  @Test
  void what_was_removed_is_gone_after_a_restart() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
      file.put("b", bytes("2"));
      file.remove("a");
      file.remove("never there");
      assertThat(texts(file)).isEqualTo(Map.of("b", "2"));
    }
    try (RecordFile file = folder.open()) {
      assertThat(texts(file)).isEqualTo(Map.of("b", "2"));
      file.remove("b");
    }
    try (RecordFile file = folder.open()) {
      assertThat(file.readAll()).isEmpty();
      file.put("a", bytes("3"));
      assertThat(texts(file)).isEqualTo(Map.of("a", "3"));
    }
  }

  @Test
  void a_batch_makes_all_of_its_changes_and_the_last_one_of_a_key_counts() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
      file.put("b", bytes("1"));
      file.prepare();
      for (int i = 2; i < 6; i++) {
        byte[] payload = bytes(Integer.toString(i));
        file.putAll(
            List.of(
                Change.put("a", bytes("x")),
                Change.remove("b"),
                Change.put("c", payload),
                Change.put("a", payload)));
        file.putAll(List.of());
        file.putAll(List.of(Change.remove("b")));
      }
    }
    assertThat(texts(folder.open())).isEqualTo(Map.of("a", "5", "c", "5"));
  }

  @Test
  void grows_for_many_records_and_for_large_ones_and_gets_dense_again() throws IOException {
    long large;
    try (RecordFile file = folder.open()) {
      for (int i = 0; i < 1_000; i++) {
        file.put("k" + i, new byte[i]);
        assertThat(usage(file).fill()).isBetween(0.0, 0.7);
      }
      file.put("large", new byte[1 << 20]);
      file.putAll(List.of(Change.put("larger", new byte[3 << 20]), Change.put("k0", new byte[9])));
      large = Files.size(folder.file());
      assertThat(large).isGreaterThan(16 << 20);
    }
    try (RecordFile file = folder.open()) {
      assertThat(file.readAll()).hasSize(1_002);
      assertThat(file.readAll().get("larger")).hasSize(3 << 20);
      file.remove("large");
      file.remove("larger");
    }
    try (RecordFile file = folder.open()) {
      file.prepare();
      assertThat(Files.size(folder.file())).isLessThan(large / 4);
      assertThat(file.readAll()).hasSize(1_000);
    }
    assertThat(folder.files()).containsExactly("directors.chm");
  }

  @Test
  void records_that_come_and_go_do_not_make_it_grow() throws IOException {
    try (RecordFile file = folder.open()) {
      for (int i = 0; i < 2_000; i++) {
        file.put("k" + i, new byte[500]);
        file.remove("k" + (i - 5));
      }
      assertThat(file.readAll()).hasSize(5);
      assertThat(Files.size(folder.file())).isLessThan(400_000);
    }
  }

  @Test
  void only_its_owner_may_read_it() throws IOException {
    try (RecordFile file = folder.open()) {
      file.prepare();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.file())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void all_of_the_file_is_on_the_disk_so_that_no_later_store_meets_a_full_one() throws Exception {
    try (RecordFile file = folder.open()) {
      file.put("a", new byte[100_000]);
      Process stat = new ProcessBuilder("stat", "-c", "%b", folder.file().toString()).start();
      long blocks = Long.parseLong(stat.inputReader().readLine());
      assertThat(blocks * 512).isGreaterThanOrEqualTo(Files.size(folder.file()));
    }
  }

  @Test
  void a_newer_file_is_refused_and_left_alone() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
    }
    Files.write(folder.file(), Newer.envelope(7), StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(folder.file());
    assertThat(folder.tryOpen()).isEqualTo(new Opening.TooNew(7));
    assertThat(RecordFile.readCopy(folder.file())).isEqualTo(new Reading.TooNew(7));
    assertThat(Files.readAllBytes(folder.file())).isEqualTo(before);
    assertThat(folder.files()).containsExactly("directors.chm");
  }

  @Test
  void a_foreign_file_is_set_aside() throws IOException {
    Files.writeString(folder.file(), "a shopping list");
    Opening.Opened opened = folder.recover();
    assertThat(opened.recovery().losses()).containsExactly("everything: it is no Chronicle Map");
    assertThat(folder.files())
        .containsExactly("directors.chm", "directors.chm.damaged-19700101-001640-1");
    assertThat(opened.recovery().setAside()).hasContent("a shopping list");
    opened.file().put("a", bytes("1"));
    opened.file().close();
    assertThat(texts(folder.open())).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void a_second_damaged_file_of_the_same_second_gets_a_name_of_its_own() throws IOException {
    for (String text : List.of("one", "two")) {
      Files.writeString(folder.file(), text);
      folder.recover().file().close();
    }
    assertThat(folder.files())
        .containsExactly(
            "directors.chm",
            "directors.chm.damaged-19700101-001640-1",
            "directors.chm.damaged-19700101-001640-2");
  }

  @Test
  void what_a_crash_left_of_a_new_file_is_removed() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
    }
    Files.copy(folder.file(), successor());
    try (RecordFile file = folder.open()) {
      assertThat(folder.files()).containsExactly("directors.chm");
      assertThat(texts(file)).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void a_new_file_that_only_missed_its_name_is_taken() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
    }
    Files.move(folder.file(), successor());
    try (RecordFile file = folder.open()) {
      assertThat(folder.files()).containsExactly("directors.chm");
      assertThat(texts(file)).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void a_new_file_is_kept_if_the_old_one_is_damaged() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
    }
    Files.copy(folder.file(), successor());
    Files.writeString(folder.file(), "");
    folder.recover().file().close();
    assertThat(folder.files())
        .containsExactly(
            "directors.chm",
            "directors.chm.damaged-19700101-001640-1",
            "directors.chm.new-1.damaged-19700101-001640-1");
  }

  @Test
  void a_disk_that_refuses_leaves_everything_as_it_was_and_may_think_better_of_it()
      throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
      Path obstacle = blockSuccessor(2);
      assertThatThrownBy(() -> file.put("b", new byte[1 << 20]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("directors.chm: ");
      assertThat(texts(file)).isEqualTo(Map.of("a", "1"));
      file.put("a", bytes("2"));
      assertThat(texts(file)).isEqualTo(Map.of("a", "2"));
      file.force();
      Files.delete(obstacle.resolve("in the way"));
      file.put("b", new byte[1 << 20]);
      assertThat(file.readAll()).hasSize(2);
    }
    assertThat(folder.open().readAll()).hasSize(2);
  }

  @Test
  void the_last_room_is_used_when_the_file_cannot_grow() throws IOException {
    try (RecordFile file = folder.open()) {
      file.prepare();
      for (int i = 2; i < 100; i++) {
        blockSuccessor(i);
      }
      long half = usage(file).byteCapacity() / 2;
      file.put("a", new byte[(int) half]);
      file.put("b", new byte[(int) half / 2]);
      assertThat(usage(file).fill()).isGreaterThan(0.7);
      assertThatThrownBy(() -> file.put("c", new byte[(int) half])).isInstanceOf(IOException.class);
      assertThat(file.readAll()).containsOnlyKeys("a", "b");
    }
  }

  @Test
  void a_folder_that_cannot_be_written_still_gives_what_is_in_it() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
    }
    Path obstacle = blockSuccessor(1);
    try (RecordFile file = folder.open()) {
      assertThat(texts(file)).isEqualTo(Map.of("a", "1"));
      assertThatThrownBy(() -> file.put("b", bytes("2"))).isInstanceOf(IOException.class);
      assertThat(texts(file)).isEqualTo(Map.of("a", "1"));
      Files.delete(obstacle.resolve("in the way"));
      file.put("b", bytes("2"));
    }
    assertThat(texts(folder.open())).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void a_file_that_somebody_else_writes_to_is_not_carried_on() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
      byte[] strange = Files.readAllBytes(folder.file());
      file.put("a", bytes("2"));
      Files.write(folder.file(), strange, StandardOpenOption.WRITE);
      assertThatThrownBy(file::readAll)
          .isInstanceOf(FileChanged.class)
          .hasMessageEndingWith("changed by somebody else: it holds something else");
      assertThatThrownBy(() -> file.put("large", new byte[1 << 20]))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_copy_is_read_without_touching_a_byte() throws IOException {
    assertThat(RecordFile.readCopy(folder.file())).isEqualTo(new Reading.Missing());
    assertThat(RecordFile.readCopy(folder.path()))
        .isEqualTo(new Reading.Unreadable("it is no regular file"));
    try (RecordFile file = folder.open()) {
      file.put("a", bytes("1"));
      file.put("b", bytes("2"));
      file.force();
      assertThat(copied().records()).containsOnlyKeys("a", "b");
      assertThat(copied().usage()).isEqualTo(file.usage());
    }
    byte[] before = Files.readAllBytes(folder.file());
    assertThat(copied().whole()).isTrue();
    assertThat(Files.readAllBytes(folder.file())).isEqualTo(before);
    assertThat(folder.files()).containsExactly("directors.chm");
  }

  @Test
  void a_closed_file_takes_nothing_more() throws IOException {
    RecordFile file = folder.open();
    file.put("a", bytes("1"));
    file.close();
    file.close();
    assertThatThrownBy(() -> file.put("a", bytes("2"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(file::readAll).isInstanceOf(IllegalStateException.class);
  }

  private Contents copied() throws IOException {
    return ((Reading.Found) RecordFile.readCopy(folder.file())).contents();
  }

  private Path successor() {
    return folder.file().resolveSibling("directors.chm.new-1");
  }

  /** Puts something in the way of the new file with this number. */
  private Path blockSuccessor(int number) throws IOException {
    Path obstacle = folder.file().resolveSibling("directors.chm.new-" + number);
    Files.createDirectories(obstacle.resolve("in the way"));
    return obstacle;
  }

  private static Map<String, String> texts(RecordFile file) throws IOException {
    Map<String, String> texts = new HashMap<>();
    file.readAll().forEach((key, payload) -> texts.put(key, new String(payload, UTF_8)));
    return texts;
  }

  private static Usage usage(RecordFile file) {
    return Objects.requireNonNull(file.usage());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
