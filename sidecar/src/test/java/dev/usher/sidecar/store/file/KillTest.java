package dev.usher.sidecar.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, again and again, in one folder. {@code -Dusher.store.kills=N} does
 * so more often, {@code -Dusher.store.seed=SEED} at the moments of another run.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("usher.store.kills", 25);
  private static final int MOST_CHANGES = 120;

  @TempDir private Path temp;

  private final Story story = new Story();

  @Test
  void kill_9_loses_nothing_that_was_acknowledged() throws IOException, InterruptedException {
    long seed = Long.getLong("usher.store.seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      // Every fifth one while the file is made anew, before the first change.
      long acknowledged = killAfter(kill % 5 == 0 ? 0 : random.nextInt(MOST_CHANGES));
      String what =
          "kill %d with -Dusher.store.seed=%d, acknowledged %d".formatted(kill, seed, acknowledged);
      try (Folder folder = new Folder(temp)) {
        Opening.Opened opened = folder.recover();
        assertThat(opened.recovery().isClean()).as("%s: %s", what, opened.recovery()).isTrue();
        catchUp(opened.file().readAll(), acknowledged, what);
      }
    }
  }

  /** Returns how many changes were acknowledged in all. */
  private long killAfter(int changes) throws IOException, InterruptedException {
    long acknowledged = story.told();
    try (Child child = new Child(StoryTeller.class, temp.toString(), Long.toString(story.told()))) {
      String line = child.readLine();
      for (int i = 0; line != null; i++) {
        acknowledged = Long.parseLong(line);
        if (i == changes) {
          child.kill();
        }
        line = child.readLine();
      }
    }
    return acknowledged;
  }

  /** What is there is the story up to what was acknowledged, or one change further. */
  private void catchUp(Map<String, byte[]> records, long acknowledged, String what) {
    while (story.told() < acknowledged) {
      story.tell();
    }
    if (!story.isToldBy(records)) {
      story.tell();
      assertThat(story.isToldBy(records)).as(what).isTrue();
    }
  }
}
