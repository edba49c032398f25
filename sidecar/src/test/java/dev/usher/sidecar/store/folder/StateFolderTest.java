package dev.usher.sidecar.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.time.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  private final FakeTime time = new FakeTime();

  @TempDir private Path temp;

  @Test
  void is_held_once_in_a_process_under_any_name() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("data"));
    try (StateFolder first = StateFolder.open(temp.resolve("data"), time)) {
      long pid = ProcessHandle.current().pid();
      assertThatThrownBy(() -> StateFolder.open(link, time))
          .isInstanceOf(FolderInUse.class)
          .hasMessage("data folder %s is in use by process %d", link, pid);
      assertThat(first.path("x").getFileName()).hasToString("x");
    }
    StateFolder.open(link, time).close();
  }

  @Test
  void a_lock_file_that_was_left_behind_locks_nobody_out() throws IOException {
    Files.writeString(temp.resolve("state.lock"), "4194304 and more than that\n");
    StateFolder.open(temp, time).close();
    assertThat(temp.resolve("state.lock")).hasContent(ProcessHandle.current().pid() + "\n");
  }

  @Test
  void says_why_it_cannot_be_opened() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> StateFolder.open(file, time))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("data folder %s: ", file);
    assertThatThrownBy(() -> StateFolder.open(file.resolve("below"), time))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("data folder %s: ", file.resolve("below"));
  }

  @Test
  void what_is_set_aside_keeps_its_bytes_and_gets_the_date() throws IOException {
    try (StateFolder folder = StateFolder.open(temp, time)) {
      Path path = Files.writeString(folder.path("a.chm"), "bytes");
      time.advanceMillis(86_400_000L * 365);
      Path aside = folder.setAside(path);
      assertThat(aside.getFileName()).hasToString("a.chm.damaged-19710101-001640-1");
      Files.delete(path);
      assertThat(aside).hasContent("bytes");
    }
  }

  @Test
  void what_is_saved_is_saved_once_whatever_its_name() throws IOException {
    byte[] bytes = {1, 2, 3};
    try (StateFolder folder = StateFolder.open(temp, time)) {
      Path path = folder.save("director-../../x:80.json", bytes);
      assertThat(path).hasBinaryContent(bytes).hasParent(temp.toRealPath());
      time.advanceMillis(86_400_000L);
      assertThat(folder.save("director-../../x:80.json", bytes)).isEqualTo(path);
      assertThat(folder.save("director-../../x:80.json", new byte[3])).isNotEqualTo(path);
      assertThat(folder.save("long".repeat(1_000), bytes)).exists();
    }
  }

  @Test
  void a_lock_that_cannot_be_written_still_lets_the_folder_be_read() throws IOException {
    // For everybody, while permissions are not for root.
    Files.createDirectory(temp.resolve("state.lock"));
    try (StateFolder folder = StateFolder.open(temp, time)) {
      assertThat(folder.isHeld()).isFalse();
      assertThatThrownBy(folder::hold).isInstanceOf(IOException.class);
      Files.delete(temp.resolve("state.lock"));
      folder.hold();
      assertThat(folder.isHeld()).isTrue();
    }
  }

  @Test
  void a_lock_that_was_removed_is_taken_again() throws IOException {
    try (StateFolder folder = StateFolder.open(temp, time)) {
      Files.delete(temp.resolve("state.lock"));
      assertThat(folder.isHeld()).isFalse();
      folder.hold();
      assertThat(folder.isHeld()).isTrue();
      assertThat(temp.resolve("state.lock")).hasContent(ProcessHandle.current().pid() + "\n");
    }
  }
}
