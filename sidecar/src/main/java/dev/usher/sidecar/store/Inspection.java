package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a data folder holds.
 *
 * @param directors by name
 */
public record Inspection(Path folder, List<KeptFile> files, List<Kept> directors) {
  public Inspection {
    files = List.copyOf(files);
    directors = List.copyOf(directors);
  }

  /** Whether all that was ever kept there could be read. */
  public boolean isWhole() {
    return files.stream().allMatch(file -> file.damage().isEmpty())
        && directors.stream().noneMatch(kept -> kept instanceof Kept.Unreadable);
  }

  /** With one director only, all of that name being there. */
  public Inspection only(String director) {
    return new Inspection(
        folder, files, directors.stream().filter(kept -> kept.name().equals(director)).toList());
  }

  /**
   * One of its files.
   *
   * @param records directors in it
   * @param fill how full it is, 0 to 1; negative when that is not known
   * @param damage a sentence for each thing that is missing
   */
  public record KeptFile(
      String name, long sizeBytes, int records, double fill, List<String> damage) {
    public KeptFile {
      damage = List.copyOf(damage);
    }
  }

  /** What is kept of one director. */
  public sealed interface Kept {
    String name();

    /** It will be there after a start. */
    record Alive(Definition definition, @Nullable Memory memory) implements Kept {
      @Override
      public String name() {
        return definition.name();
      }
    }

    /** It was removed at runtime, though the configuration file has it. */
    record Removed(DirectorSpec written) implements Kept {
      @Override
      public String name() {
        return written.name();
      }
    }

    /** It is there, but cannot be understood. */
    record Unreadable(String name, String why) implements Kept {}
  }
}
