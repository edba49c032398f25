package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.folder.StateFolder;
import dev.usher.sidecar.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that tells a {@link Story} to a record file and, after each force, says how far it got;
 * until it is killed, or nobody listens.
 */
final class StoryTeller {
  private StoryTeller() {}

  /** Takes the folder and how many changes were made to its file before. */
  public static void main(String[] args) throws IOException {
    Story story = new Story();
    while (story.told() < Long.parseLong(args[1])) {
      story.tell();
    }
    try (StateFolder folder = StateFolder.open(Path.of(args[0]), new SystemClock())) {
      Opening opening = RecordFile.open(folder, Folder.NAME);
      try (RecordFile file = ((Opening.Opened) opening).file()) {
        System.out.println(story.told());
        while (!System.out.checkError()) {
          story.tell(file);
          file.force();
          System.out.println(story.told());
        }
      }
    }
  }
}
