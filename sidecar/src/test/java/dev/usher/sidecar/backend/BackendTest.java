package dev.usher.sidecar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BackendTest {
  private int told;
  private final Backend backend = new Backend(spec(3), changed -> told++);

  private static BackendSpec spec(int capacity) {
    return new BackendSpec("b", new Target("127.0.0.1", 1), capacity, Role.ACTIVE, true);
  }

  @Test
  void a_held_unit_is_kept_from_requests_and_told() {
    assertThat(backend.hold()).isTrue();
    assertThat(told).isEqualTo(1);
    assertThat(backend.capacity()).isEqualTo(2);
    backend.take();
    backend.take();
    assertThat(backend.hasRoom()).isFalse();
    assertThatThrownBy(backend::take).isInstanceOf(IllegalStateException.class);
    backend.letGo();
    assertThat(told).isEqualTo(2);
    backend.take();
    assertThat(backend.inFlight()).isEqualTo(3);
  }

  @Test
  void a_unit_that_is_not_free_cannot_be_held() {
    for (int i = 0; i < 3; i++) {
      backend.take();
    }
    assertThat(backend.hold()).isFalse();
    assertThat(told).isZero();
    assertThat(backend.capacity()).isEqualTo(3);
  }

  @Test
  void the_last_unit_may_be_held_and_the_backend_is_available_still() {
    backend.configure(spec(1));
    assertThat(backend.hold()).isTrue();
    assertThat(backend.capacity()).isZero();
    assertThat(backend.hasRoom()).isFalse();
    assertThat(backend.isAvailable()).isTrue();
    assertThat(backend.hold()).isFalse();
  }

  @Test
  void a_capacity_that_is_lowered_under_what_is_held_is_none() {
    backend.hold();
    backend.hold();
    backend.configure(spec(1));
    assertThat(backend.capacity()).isZero();
    backend.letGo();
    backend.letGo();
    assertThat(backend.capacity()).isEqualTo(1);
  }

  @Test
  void nothing_is_let_go_that_was_not_held() {
    assertThatThrownBy(backend::letGo).isInstanceOf(IllegalStateException.class);
  }
}
