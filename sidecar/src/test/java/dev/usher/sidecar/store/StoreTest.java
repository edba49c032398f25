package dev.usher.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Keeper.Kept;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.view.OnDemandView;
import dev.usher.sidecar.time.FakeTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private final FakeTime time = new FakeTime();
  private final Defective directors = new Defective();

  @TempDir private Path folder;
  private Store store;

  /** No director, and a defect whenever one asks. */
  private static final class Defective implements Directors {
    int asked;

    @Override
    public @Nullable Director find(String name) {
      return null;
    }

    @Override
    public @Nullable Director find(Endpoint endpoint) {
      return null;
    }

    @Override
    public FromTemplate findOrMake(Endpoint endpoint) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable OnDemandView onDemand() {
      return null;
    }

    @Override
    public List<Director> all() {
      asked++;
      throw new IllegalStateException("a defect");
    }

    @Override
    public CompletionStage<Commit> commit(List<Step> steps) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void open() throws IOException {
    store = Store.open(folder, List.of(), new Versions(() -> 0), time, time).store();
  }

  private Kept keepNothing() {
    return store.keep(List.of()).toCompletableFuture().join();
  }

  @Test
  void a_defect_does_not_end_the_remembering() {
    store.remember(directors);
    for (int second = 1; second <= 3; second++) {
      time.advanceMillis(1_000);
      // Comes after it on the store thread.
      assertThat(keepNothing()).isInstanceOf(Kept.Done.class);
      assertThat(directors.asked).isEqualTo(second);
    }
    store.close();
  }

  @Test
  void a_closed_store_refuses_at_once() {
    store.close();
    store.close();
    assertThat(keepNothing()).isEqualTo(new Kept.Failed("the store is closed"));
  }
}
