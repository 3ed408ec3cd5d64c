/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.method;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;

class RegistryConnectionTest extends PushTest {
  @Test
  void aConnectionThatBreaksOffInTheLayer() throws Exception {
    registry.with(
        exchange -> {
          if (!method(exchange).equals("PUT")) {
            return false;
          }
          exchange.getRequestBody().readNBytes(1000);
          exchange.close();
          return true;
        });
    assertSays(push.failure(""), "broke off");
    assertTrue(registry.manifests.isEmpty());
  }

  @Test
  void aRegistryThatIsNotThere() throws Exception {
    registry.close();
    assertSays(push.failure(""), "cannot be reached", registry.name());
  }

  @Test
  void aBuildThatIsCancelledStopsSending() throws Exception {
    Thread sender = Thread.currentThread();
    registry.with(
        exchange -> {
          if (!method(exchange).equals("PUT")) {
            return false;
          }
          sender.interrupt();
          exchange.getRequestBody().readAllBytes();
          return false;
        });
    TestBuild build = push.build("");
    assertThrows(BuildCancelledException.class, () -> new PushImage().run(build));
    assertTrue(Thread.interrupted(), "the engine sees that it was interrupted");
    assertTrue(registry.manifests.isEmpty());
  }
}
