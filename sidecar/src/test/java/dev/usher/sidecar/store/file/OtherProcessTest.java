package dev.usher.sidecar.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.store.folder.FolderInUse;
import dev.usher.sidecar.store.folder.StateFolder;
import dev.usher.sidecar.store.record.Contents;
import dev.usher.sidecar.store.record.Reading;
import dev.usher.sidecar.time.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this process sees of a folder while another one writes there as fast as it can. */
class OtherProcessTest {
  private static final int READS = 40;
  private static final int LINES = 10;

  @TempDir private Path temp;

  private Child other;

  @BeforeEach
  void start() throws IOException {
    other = new Child(StoryTeller.class, temp.toString(), "0");
    acknowledged(2);
  }

  @AfterEach
  void stop() throws IOException {
    other.close();
  }

  @Test
  void a_copy_is_a_moment_of_the_file_although_it_is_being_written() throws IOException {
    Path file = temp.resolve(Folder.NAME + ".chm");
    Story story = new Story();
    for (int i = 0; i < READS; i++) {
      long acknowledged = acknowledged(LINES);
      Contents contents = ((Reading.Found) RecordFile.readCopy(file)).contents();
      assertThat(contents.losses()).isEmpty();
      while (story.told() < acknowledged) {
        story.tell();
      }
      while (!story.isToldBy(contents.records())) {
        assertThat(story.told()).isLessThan(acknowledged + 10_000);
        story.tell();
      }
    }
  }

  @Test
  void a_folder_belongs_to_one_process_whose_pid_the_second_one_learns()
      throws IOException, InterruptedException {
    assertThatThrownBy(() -> StateFolder.open(temp, new FakeTime()))
        .isInstanceOfSatisfying(
            FolderInUse.class, inUse -> assertThat(inUse.pid()).isEqualTo(other.pid()))
        .hasMessage("data folder %s is in use by process %d", temp, other.pid());
    other.kill();
    other.awaitEnd();
    StateFolder.open(temp, new FakeTime()).close();
    assertThat(temp.resolve("state.lock")).hasContent(ProcessHandle.current().pid() + "\n");
    assertThat(Files.size(temp.resolve("state.lock"))).isLessThan(20);
  }

  /** Waits for so many more acknowledgements and returns the last one. */
  private long acknowledged(int count) throws IOException {
    String last = null;
    for (int i = 0; i < count; i++) {
      last = other.readLine();
    }
    if (last == null) {
      throw new AssertionError("the other process has ended");
    }
    return Long.parseLong(last);
  }
}
