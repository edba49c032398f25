package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenFileIT {
  private static final String TOKEN = "s3cret-t0ken";

  @AutoClose private final UsherProcess usher;

  TokenFileIT(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    usher =
        UsherProcess.start(
            """
            listeners: [{address: 127.0.0.1, port: 0}]
            admin: {address: 127.0.0.1, port: 0, token-file: "%s"}
            """
                .formatted(file));
  }

  private Reply with(String authorization, String verb) {
    return usher.admin().call(verb, "/director/app", "", "Authorization", authorization);
  }

  @Test
  void letsNobodyInWithoutTheToken() {
    AdminClient admin = usher.admin();
    Reply reply = admin.get("/director/");
    assertThat(reply.status()).isIn(401, 403);
    assertThat(reply.json().at("/error").asText()).isNotEmpty();
    assertThat(admin.put("/director/app", "{}").status()).isIn(401, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer wrong", "Bearer", "Basic czNjcmV0LXQwa2Vu", "Bearer s3cret-t0ke", "x"})
  void letsNobodyInWithAnotherToken(String authorization) {
    assertThat(with(authorization, "PUT").status()).isIn(401, 403);
  }

  @Test
  void letsInWhoHasTheToken() {
    with("Bearer " + TOKEN, "PUT").expect(201);
    with("Bearer " + TOKEN, "GET").expect(200);
    with("bearer " + TOKEN, "DELETE").expect(204);
  }

  @Test
  void doesNotLogTheToken() {
    with("Bearer " + TOKEN, "GET");
    assertThat(usher.log()).doesNotContain(TOKEN);
  }
}
