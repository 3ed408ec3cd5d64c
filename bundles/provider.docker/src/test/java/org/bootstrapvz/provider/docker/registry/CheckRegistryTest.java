/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.answer;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;

class CheckRegistryTest extends PushTest {
  @Test
  void theCheckBeforeTheBuildFindsTheSameErrors() throws Exception {
    TestBuild build = push.build("");
    new CheckRegistry().run(build);
    assertEquals(List.of("GET /v2/"), registry.requests());
    registry.with(exchange -> answer(exchange, 404, "<html>Nothing</html>"));
    BuildException e = assertThrows(BuildException.class, () -> new CheckRegistry().run(build));
    assertSays(e.getMessage(), "does not answer like a registry", "status 404");
  }
}
