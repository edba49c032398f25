package dev.usher.sidecar.director;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** All directors by name. [any] */
public interface Directors {
  @Nullable Director find(String name);

  /** All of them, by name. */
  List<Director> all();

  /** Creates a director and starts it; null when the name is taken. */
  @Nullable Director create(DirectorSpec spec);

  /**
   * Removes a director: its waiters are refused with {@link Reason#NO_DIRECTOR}, its running
   * requests end as they would have. {@link Change.Gone} when there is none of that name.
   */
  CompletionStage<Change> remove(String name, long expectedVersion);
}
