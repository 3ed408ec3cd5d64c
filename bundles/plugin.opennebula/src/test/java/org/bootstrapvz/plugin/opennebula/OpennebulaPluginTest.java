/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.opennebula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpennebulaPluginTest extends PluginTest<OpennebulaPlugin> {
  OpennebulaPluginTest() {
    super("opennebula", new OpennebulaPlugin(), new ManifestFiles());
  }

  private static Release release(String name, int version) {
    return new Release(
        name, name, version, Optional.empty(), Optional.empty(), Optional.empty(), true);
  }

  @Test
  void aReleaseWithoutThePackageIsAnErrorThatNamesTheReplacement() {
    assertOneProblem("{}", "Debian trixie has no package opennebula-context");
    assertTrue(
        checker
            .problems()
            .get(0)
            .startsWith(
                "plugins.opennebula: Debian trixie has no package opennebula-context. Use the plugin"
                    + " cloud_init with metadata_sources: OpenNebula"),
        checker.problems().toString());
  }

  @Test
  void itHasNoSettings() {
    assertOneProblem("{version: 5}", "Unknown key `version`");
  }

  @ParameterizedTest
  @CsvSource({
    "wheezy,7,opennebula-context/wheezy-backports,true",
    "buster,10,opennebula-context,false"
  })
  void thePackageIsInstalledFromTheArchiveOrTheBackports(
      String name, int version, String wanted, boolean backports) throws Exception {
    TestManifest manifest = new TestManifest().withRelease(release(name, version));
    assertEquals(
        backports, TestTaskSet.selectedBy(plugin, manifest).names().contains("AddBackports"));
    TestBuild build = new TestBuild(manifest, directory);
    new AddONEContextPackage().run(build);
    assertEquals(List.of(PackageRequest.parse(wanted)), build.all(PackageRequest.class));
  }
}
