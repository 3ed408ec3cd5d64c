/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenstackProviderTest {
  private static final String MANIFEST =
      """
      name: debian
      provider:
        name: openstack
      bootstrapper:
        workspace: /target
      system:
        release: trixie
        architecture: amd64
        bootloader: grub
        charmap: UTF-8
        locale: en_US
        timezone: UTC
      volume:
        backing: qcow2
        partitions:
          type: gpt
          root:
            filesystem: ext4
            size: 8GiB
      """;

  @TempDir Path folder;
  private final OpenstackProvider provider = new OpenstackProvider();
  private ManifestChecker checker;

  @BeforeEach
  void setUp() {
    checker = new ManifestChecker(new ManifestFiles(), folder);
  }

  private static String with(String settings) {
    return MANIFEST.replace("name: openstack\n", "name: openstack\n" + settings);
  }

  private Set<String> tasks(String text) {
    var manifest = checker.check(text, provider, "");
    assertEquals(List.of(), checker.problems());
    return TestTaskSet.selectedBy(provider, manifest).names();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "raw"})
  void aDiskIsDeliveredAsAFile(String backing) {
    Set<String> tasks = tasks(MANIFEST.replace("qcow2", backing));

    assertTrue(
        tasks.containsAll(List.of("MoveImage", "DefaultPackages", "ConfigureCloudInit")),
        tasks.toString());
    assertEquals(backing.equals("qcow2"), tasks.contains("ConvertImage"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload: {cloud: x}"})
  void aSettingThatAsksForAnUploadIsAnErrorAndNotIgnored(String setting) {
    checker.check(with("  " + setting + "\n"), provider, "");

    assertTrue(
        checker.problems().stream().anyMatch(problem -> problem.contains("cannot upload an image")),
        checker.problems().toString());
  }
}
