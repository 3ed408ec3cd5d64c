/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.unattended_upgrades;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnattendedUpgradesPluginTest extends PluginTest<UnattendedUpgradesPlugin> {
  UnattendedUpgradesPluginTest() {
    super("unattended_upgrades", new UnattendedUpgradesPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{update_interval: 1, download_interval: 1} | The key `upgrade_interval` is missing",
        "{update_interval: daily, download_interval: 1, upgrade_interval: 1} | unattended_upgrades.update_interval:",
        "{update_interval: 1, download_interval: -1, upgrade_interval: 1} | unattended_upgrades.download_interval:",
        "{update_interval: 1, download_interval: 1, upgrade_interval: 1, clean: 1} | Unknown key `clean`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void theIntervalsAreReadAfterThoseOfThePackage() throws Exception {
    TestBuild build = newBuild("{update_interval: 3, download_interval: 4, upgrade_interval: 0}");
    new AddUnattendedUpgradesPackage().run(build);
    new EnablePeriodicUpgrades().run(build);
    assertEquals(
        List.of(PackageRequest.of("unattended-upgrades")), build.all(PackageRequest.class));
    String name = build.root().list("etc/apt/apt.conf.d").get(0);
    assertTrue(name.compareTo("20auto-upgrades") > 0, name);
    assertEquals(
        """
        APT::Periodic::Enable "1";
        APT::Periodic::Update-Package-Lists "3";
        APT::Periodic::Download-Upgradeable-Packages "4";
        APT::Periodic::Unattended-Upgrade "0";
        """,
        build.root().read("etc/apt/apt.conf.d/" + name));
  }
}
