/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.answer;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.method;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.bootstrapvz.provider.docker.image.OciImage;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;

class PushImageTest extends PushTest {
  @Test
  void layerAndConfigurationAreSentAndTheManifestLast() throws Exception {
    TestBuild build = push.succeeds("");
    for (OciImage.Blob blob : push.image().blobs()) {
      assertArrayEquals(
          Files.readAllBytes(push.image().file(blob.digest())), registry.blobs.get(blob.digest()));
    }
    assertArrayEquals(push.manifest(), registry.manifests.get("x"));
    assertEquals(
        List.of("PUT /v2/team/debian/manifests/x", "GET /v2/team/debian/manifests/x"),
        registry.requests().subList(registry.requests().size() - 2, registry.requests().size()));
    assertTrue(
        build.logged().toString().contains(push.image().manifest()), build.logged().toString());
  }

  @Test
  void existingBlobsAreNotSentAgain() throws Exception {
    push.succeeds("");
    int before = registry.requests().size();
    push.succeeds("");
    assertTrue(
        registry.requests().stream().skip(before).noneMatch(each -> each.startsWith("POST")),
        registry.requests().toString());
  }

  @Test
  void anInterruptedPushContinuesWithTheMissingBlobs() throws Exception {
    String layer = push.image().blobs().get(0).digest();
    registry.with(
        exchange ->
            method(exchange).equals("PUT")
                && registry.blobs.containsKey(layer)
                && answer(exchange, 500, ""));
    assertSays(push.failure(""), "rejected", "status 500");
    registry.with(exchange -> false);
    int before = registry.requests().size();
    push.succeeds("");
    assertEquals(
        1,
        registry.requests().stream().skip(before).filter(each -> each.startsWith("POST")).count());
    assertEquals(2, registry.blobs.size());
  }

  @Test
  void aServerThatIsNotARegistry() throws Exception {
    registry.with(exchange -> answer(exchange, 200, "<html>Welcome</html>"));
    assertSays(push.failure(""), "rejected the manifest of the image", "status 200");
    registry.with(exchange -> answer(exchange, 404, "<html>Nothing</html>"));
    assertSays(push.failure(""), "status 404");
  }
}
