/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.answer;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.challenged;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.path;
import static org.bootstrapvz.provider.docker.registry.PushScenario.LOGIN;
import static org.bootstrapvz.provider.docker.registry.PushScenario.PASSWORD;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenServerTest {
  @TempDir Path folder;
  private PushScenario push;
  private FakeRegistry registry;

  @BeforeEach
  void startRegistry() throws IOException {
    push = new PushScenario(folder);
    registry = push.registry();
  }

  @AfterEach
  void stop() {
    push.close();
  }

  @Test
  void aTokenIsFetchedFromTheServerThatTheRegistryNames() throws Exception {
    registry.with(registry.tokensFor("me", PASSWORD));
    push.succeeds(LOGIN);
    assertArrayEquals(push.manifest(), registry.manifests.get("x"));
    assertEquals(1, registry.requests().stream().filter(each -> each.equals("GET /token")).count());
  }

  @Test
  void aLoginThatTheTokenServerRefuses() throws Exception {
    FakeRegistry.Fault tokens = registry.tokensFor("me", PASSWORD);
    registry.with(
        exchange ->
            path(exchange).equals("/token")
                ? answer(exchange, 403, "<html>no</html>")
                : tokens.handles(exchange));
    assertSays(push.failure(LOGIN), "did not accept the login", "status 403");
  }

  @Test
  void aTokenServerThatGivesNoToken() throws Exception {
    FakeRegistry.Fault tokens = registry.tokensFor("me", PASSWORD);
    registry.with(
        exchange ->
            path(exchange).equals("/token")
                ? answer(exchange, 200, "{\"secret\":\"" + PASSWORD + "\"}")
                : tokens.handles(exchange));
    assertSays(push.failure(LOGIN), "gave no token");
  }

  @Test
  void aPasswordIsNeverSentUnencryptedToAnotherMachine() throws Exception {
    registry.with(
        exchange ->
            challenged(exchange, "Bearer x", "Bearer realm=\"http://auth.example.org/token\""));
    assertSays(push.failure(LOGIN), "http://auth.example.org", "nothing was sent there");
  }
}
