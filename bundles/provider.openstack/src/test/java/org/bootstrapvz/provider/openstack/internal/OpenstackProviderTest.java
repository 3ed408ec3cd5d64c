/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ProviderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenstackProviderTest extends ProviderTest<OpenstackProvider> {
  OpenstackProviderTest() {
    super("openstack", "qcow2", new OpenstackProvider(), new ManifestFiles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "raw"})
  void aDiskIsDeliveredAsAFile(String backing) {
    Set<String> tasks = tasks(valid.replace("qcow2", backing));

    assertTrue(
        tasks.containsAll(List.of("MoveImage", "DefaultPackages", "ConfigureCloudInit")),
        tasks.toString());
    assertEquals(backing.equals("qcow2"), tasks.contains("ConvertImage"));
  }

  @Test
  void theImageIsUploadedOnlyIfTheManifestAsksForIt() {
    assertTrue(
        tasks(with("  upload: {cloud: x}\n")).containsAll(List.of("CheckCloud", "UploadImage")));
    assertFalse(tasks(valid).contains("UploadImage"));
  }
}
