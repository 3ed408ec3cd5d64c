/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.basic;
import static org.bootstrapvz.provider.docker.registry.PushScenario.PASSWORD;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;

class CredentialsTest extends PushTest {
  @Test
  void theLoginMayBeInAFileOfDocker() throws Exception {
    registry.with(registry.tokensFor("me", PASSWORD));
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        "{\"auths\":{\""
            + registry.name()
            + "\":{\"auth\":\""
            + basic("me", PASSWORD).substring(6)
            + "\"}}}");
    push.succeeds(", config: \"" + config + "\"");
    assertArrayEquals(push.manifest(), registry.manifests.get("x"));
  }

  @Test
  void aFileWithoutTheLoginIsReportedWithItsLocation() throws Exception {
    Path config = folder.resolve("config.json");
    Map<String, String> cases =
        Map.of(
            "{\"auths\":{\"other.example.org\":{\"auth\":\"eDp5\"}}}",
            "has no password for",
            "{\"credsStore\":\"pass\",\"auths\":{\"REGISTRY\":{}}}",
            "leaves that to a program",
            "{\"auths\":{\"REGISTRY\":{\"auth\":\"%%%\"}}}",
            "not a user name and password in Base64",
            "auths: " + PASSWORD,
            "is not JSON");
    AtomicInteger seen = new AtomicInteger();
    for (Map.Entry<String, String> each : cases.entrySet()) {
      Files.writeString(config, each.getKey().replace("REGISTRY", registry.name()));
      TestBuild build = push.build(", config: \"" + config + "\"");
      BuildException e = assertThrows(BuildException.class, () -> new CheckRegistry().run(build));
      assertSays(
          e.getMessage(), each.getValue(), config.toString(), "m.yml:4:", "provider.push.config");
      assertFalse(e.getMessage().contains(PASSWORD), e.getMessage());
      seen.incrementAndGet();
    }
    assertEquals(4, seen.get());
    Files.delete(config);
    TestBuild build = push.build(", config: \"" + config + "\"");
    BuildException e = assertThrows(BuildException.class, () -> new CheckRegistry().run(build));
    assertSays(e.getMessage(), "is not there", config.toString());
    assertEquals(List.of(), registry.requests());
  }
}
