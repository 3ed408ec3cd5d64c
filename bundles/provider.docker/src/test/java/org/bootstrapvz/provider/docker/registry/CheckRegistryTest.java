/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.answer;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRegistryTest {
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
  void theCheckBeforeTheBuildFindsTheSameErrors() throws Exception {
    TestBuild build = push.build("");
    new CheckRegistry().run(build);
    assertEquals(List.of("GET /v2/"), registry.requests());
    registry.with(exchange -> answer(exchange, 404, "<html>Nothing</html>"));
    BuildException e = assertThrows(BuildException.class, () -> new CheckRegistry().run(build));
    assertSays(e.getMessage(), "does not answer like a registry", "status 404");
  }
}
