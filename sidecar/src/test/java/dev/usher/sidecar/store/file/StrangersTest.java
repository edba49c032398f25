package dev.usher.sidecar.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the folder and its files, while they are in use and before. */
class StrangersTest {
  private static final String ASIDE = "directors.chm.damaged-19700101-001640-1";

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

  private static Map<String, String> texts(RecordFile file) throws IOException {
    Map<String, String> texts = new HashMap<>();
    file.readAll().forEach((key, payload) -> texts.put(key, new String(payload, UTF_8)));
    return texts;
  }

  private Map<String, String> reopened() throws IOException {
    try (RecordFile file = folder.open()) {
      return texts(file);
    }
  }

  private void removeFolder() throws IOException {
    for (String name : folder.files()) {
      Files.delete(folder.path().resolve(name));
    }
    Files.delete(folder.path().resolve("state.lock"));
    Files.delete(folder.path());
  }

  @Test
  void a_file_removed_while_in_use_is_there_again_with_the_next_change() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", "1".getBytes(UTF_8));
      Files.delete(folder.file());
      assertThat(file.isInPlace()).isFalse();
      file.put("b", "2".getBytes(UTF_8));
      assertThat(file.isInPlace()).isTrue();
    }
    assertThat(reopened()).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void a_file_removed_while_in_use_is_there_again_with_the_next_force() throws IOException {
    RecordFile file = folder.open();
    file.put("a", "1".getBytes(UTF_8));
    file.force();
    Files.delete(folder.file());
    file.force();
    assertThat(folder.files()).containsExactly("directors.chm");
    file.close();
    assertThat(reopened()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void a_file_put_in_the_place_of_ours_while_in_use_is_set_aside() throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", "1".getBytes(UTF_8));
      Files.delete(folder.file());
      Files.writeString(folder.file(), "a backup, say");
      file.put("a", "2".getBytes(UTF_8));
    }
    assertThat(folder.path().resolve(ASIDE)).hasContent("a backup, say");
    assertThat(reopened()).isEqualTo(Map.of("a", "2"));
  }

  @Test
  void nothing_is_acknowledged_while_the_folder_is_gone_and_nothing_lost_once_it_is_back()
      throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", "1".getBytes(UTF_8));
      removeFolder();
      assertThatThrownBy(() -> file.put("b", "2".getBytes(UTF_8)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is gone");
      Files.createDirectory(folder.path());
      file.put("c", "3".getBytes(UTF_8));
    }
    assertThat(reopened()).isEqualTo(Map.of("a", "1", "c", "3"));
  }

  @Test
  void a_file_cut_short_while_in_use_neither_ends_the_process_nor_takes_what_is_put_anew()
      throws IOException {
    try (RecordFile file = folder.open()) {
      file.put("a", "1".getBytes(UTF_8));
      try (FileChannel channel = FileChannel.open(folder.file(), StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      assertThatThrownBy(() -> file.put("a", "2".getBytes(UTF_8)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("somebody has cut it");
      assertThatThrownBy(() -> file.put("a", "2".getBytes(UTF_8))).isInstanceOf(FileChanged.class);
      file.renew(Map.of("a", "3".getBytes(UTF_8)));
      file.put("b", "4".getBytes(UTF_8));
    }
    assertThat(folder.files()).containsExactly("directors.chm", ASIDE);
    assertThat(reopened()).isEqualTo(Map.of("a", "3", "b", "4"));
  }

  @Test
  void a_folder_in_the_place_of_the_file_gets_out_of_its_way_with_all_that_is_in_it()
      throws IOException {
    Files.createDirectories(folder.file().resolve("in it"));
    Opening.Opened opened = folder.recover();
    assertThat(opened.recovery().losses()).containsExactly("everything: it is no regular file");
    assertThat(opened.recovery().trouble()).isNull();
    opened.file().put("a", "1".getBytes(UTF_8));
    opened.file().close();
    assertThat(folder.path().resolve(ASIDE).resolve("in it")).isDirectory();
    assertThat(reopened()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void a_disk_that_refuses_leaves_the_damaged_file_in_its_place_until_it_can_be_set_aside()
      throws IOException {
    Files.writeString(folder.file(), "damage");
    Path obstacle = folder.path().resolve("directors.chm.new-1");
    Files.createDirectories(obstacle.resolve("in the way"));
    for (int start = 0; start < 2; start++) {
      Opening.Opened opened = folder.recover();
      assertThat(opened.recovery().trouble()).isNotNull();
      assertThat(opened.recovery().setAside()).isNull();
      opened.file().close();
      assertThat(folder.files()).containsExactly("directors.chm", "directors.chm.new-1");
    }
    Opening.Opened opened = folder.recover();
    opened.file().put("a", "1".getBytes(UTF_8));
    opened.file().close();
    assertThat(folder.path().resolve(ASIDE)).hasContent("damage");
    assertThat(reopened()).isEqualTo(Map.of("a", "1"));
  }
}
