/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.bootstrapvz.provider.docker.registry.FakeRegistry.answer;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.error;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.method;
import static org.bootstrapvz.provider.docker.registry.FakeRegistry.path;
import static org.bootstrapvz.provider.docker.registry.PushScenario.assertSays;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ManifestPushTest extends PushTest {
  @Test
  void aRegistryThatRefusesTheManifestHasNoImageUnderTheTag() throws Exception {
    registry.with(
        exchange ->
            path(exchange).contains("/manifests/")
                && answer(exchange, 400, error("MANIFEST_INVALID", "manifest invalid")));
    assertSays(push.failure(""), "rejected the manifest of the image", "MANIFEST_INVALID");
    assertTrue(registry.manifests.isEmpty());
  }

  @Test
  void aRegistryThatLosesTheImageIsReported() throws Exception {
    registry.with(
        exchange ->
            method(exchange).equals("PUT")
                && path(exchange).contains("/manifests/")
                && answer(exchange, 201, ""));
    assertSays(push.failure(""), "reports success, but has another image or none under the tag");
  }
}
