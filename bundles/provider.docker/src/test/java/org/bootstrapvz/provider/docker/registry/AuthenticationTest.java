/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.basic;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.challenged;
import static org.bootstrapvz.provider.docker.registry.PushScenario.LOGIN;
import static org.bootstrapvz.provider.docker.registry.PushScenario.PASSWORD;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;

class AuthenticationTest extends PushTest {
  @Test
  void userAndPasswordAreSentWhenTheRegistryRequiresThem() throws Exception {
    registry.with(exchange -> challenged(exchange, basic("me", PASSWORD), "Basic realm=\"here\""));
    TestBuild build = push.succeeds(LOGIN);
    assertArrayEquals(push.manifest(), registry.manifests.get("x"));
    assertFalse(build.logged().toString().contains(PASSWORD));
  }

  @Test
  void aMissingLoginIsReported() throws Exception {
    registry.with(exchange -> challenged(exchange, basic("me", PASSWORD), "Basic realm=\"here\""));
    assertSays(push.failure(""), "requires a login", "status 401", "username and password");
    assertTrue(registry.blobs.isEmpty());
  }

  @Test
  void aLoginThatIsWrong() throws Exception {
    registry.with(exchange -> challenged(exchange, basic("me", "other"), "Basic realm=\"here\""));
    assertSays(push.failure(LOGIN), "did not accept the login", "status 401", "provider.push");
  }
}
