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

import org.junit.jupiter.api.Test;

class TokenServerTest extends PushTest {
  @Test
  void aTokenIsFetchedFromTheServerThatTheRegistryNames() throws Exception {
    registry.with(registry.tokensFor("me", PASSWORD));
    push.succeeds(LOGIN);
    assertArrayEquals(push.manifest(), registry.manifests.get("x"));
    assertEquals(1, registry.requests().stream().filter(each -> each.equals("GET /token")).count());
  }

  private void answerRequestsForTokens(int status, String body) {
    FakeRegistry.Fault tokens = registry.tokensFor("me", PASSWORD);
    registry.with(
        exchange ->
            path(exchange).equals("/token")
                ? answer(exchange, status, body)
                : tokens.handles(exchange));
  }

  @Test
  void aLoginThatTheTokenServerRefuses() throws Exception {
    answerRequestsForTokens(403, "<html>no</html>");
    assertSays(push.failure(LOGIN), "did not accept the login", "status 403");
  }

  @Test
  void aTokenServerThatGivesNoToken() throws Exception {
    answerRequestsForTokens(200, "{\"secret\":\"" + PASSWORD + "\"}");
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
