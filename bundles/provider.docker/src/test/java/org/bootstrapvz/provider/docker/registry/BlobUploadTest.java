/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.answer;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.error;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.method;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlobUploadTest extends PushTest {
  @Test
  void anImageIsNeverSentUnencryptedToAnotherMachine() throws Exception {
    registry.with(
        exchange -> {
          if (!method(exchange).equals("POST")) {
            return false;
          }
          exchange.getResponseHeaders().add("Location", "http://storage.example.org/1");
          return answer(exchange, 202, "");
        });
    assertSays(push.failure(""), "http://storage.example.org", "nothing was sent there");
  }

  @Test
  void aRegistryThatRefusesThePush() throws Exception {
    registry.with(
        exchange ->
            method(exchange).equals("POST")
                && answer(exchange, 403, error("DENIED", "requested access is denied")));
    assertSays(
        push.failure(""),
        "does not let us push to team/debian",
        "DENIED requested access is denied");
    assertTrue(registry.manifests.isEmpty());
  }
}
