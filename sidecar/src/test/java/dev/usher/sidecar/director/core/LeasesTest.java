package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeasesTest {
  private static final int REQUESTS = 100;

  @ParameterizedTest(name = "{0} of 100 closed before, in any order")
  @ValueSource(ints = {0, 1, 50, 99, 100})
  void a_cut_revokes_exactly_the_leases_that_are_out(int closedBefore) {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", REQUESTS))));
    List<Asked> out = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      out.add(kit.ask(null));
    }
    Collections.shuffle(out, new Random(closedBefore));
    List<Asked> closed = out.subList(0, closedBefore);
    closed.forEach(asked -> asked.lease().close(Outcome.SERVED));

    kit.commit(new Step.Replace(spec(List.of()), 1, Set.of("a")));

    assertThat(closed).allSatisfy(asked -> assertThat(asked.revoked).isZero());
    assertThat(out.subList(closedBefore, REQUESTS))
        .allSatisfy(asked -> assertThat(asked.revoked).isEqualTo(1));
  }
}
