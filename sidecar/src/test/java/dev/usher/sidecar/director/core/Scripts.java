package dev.usher.sidecar.director.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What scripts of a director have in common. */
final class Scripts {
  private Scripts() {}

  static UnaryOperator<DirectorSpec> settings(UnaryOperator<DirectorSpec.Settings> change) {
    return spec -> spec.withSettings(change.apply(spec.settings()));
  }

  static DirectorSpec.Settings with(
      DirectorSpec.Settings s, int queueLimit, Duration queueTimeout, boolean enqueue) {
    return s.edit()
        .queueLimit(queueLimit)
        .queueTimeout(queueTimeout)
        .enqueueOnUnavailable(enqueue)
        .build();
  }

  static List<Asked> ask(DirectorKit kit, int times) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(kit.ask(null));
    }
    return asked;
  }

  static void remove(DirectorKit kit, String backend, boolean cut) {
    Definition now = kit.director.definition();
    DirectorSpec next = now.spec().withoutBackend(backend);
    Set<String> cuts = cut ? Set.of(backend) : Set.of();
    Change change = kit.commit(new Step.Replace(next, now.version(), cuts));
    assertThat(change).isEqualTo(new Change.Applied(now.version() + 1));
  }

  /** Lets the one backend that is offline answer its probes well. */
  static void recover(DirectorKit kit) {
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(2_000);
      kit.probes.remove().accept(true);
    }
  }

  static BackendSpec at(String url, int capacity) {
    return new BackendSpec("a", Target.parse("url", url), capacity, Role.ACTIVE, true);
  }
}
