/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.internal;

import java.util.List;
import java.util.regex.Pattern;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.cloud.ConfigureCloudInit;
import org.bootstrapvz.common.ssh.DisableRootLogin;
import org.bootstrapvz.provider.oracle.packages.DefaultPackages;
import org.osgi.service.component.annotations.Component;

/** Images for Oracle Cloud Infrastructure. */
@Component
@ProviderDefinition(name = "oracle", description = "Disk images for Oracle Cloud Infrastructure")
public final class OracleProvider implements Provider {
  /** Settings of Oracle Compute Classic. */
  private static final List<String> CLASSIC =
      List.of("provider.credentials", "provider.container", "provider.verify");

  /** A display name of 1 to 255 characters. */
  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,255}");

  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    CloudImage.checkName(
        manifest.name(), NAME, manifest, "Oracle allows 1 to 255 characters", problems);
    for (String path : CLASSIC) {
      ManifestValue setting = manifest.at(path);
      if (setting.exists()) {
        problems.error(
            setting,
            "It belongs to Oracle Compute Classic, which no longer exists",
            "Remove it; \"bootstrap-vz migrate\" does it");
      }
    }
    ManifestValue backing = manifest.at("volume.backing");
    if (backing.text().equals("raw")) {
      problems.warning(
          backing,
          "Oracle Cloud Infrastructure imports qcow2 and vmdk, but no raw image",
          "Write qcow2");
    }
    CloudImage.refuseUpload(
        manifest, "Oracle Cloud Infrastructure", List.of("provider.upload"), problems);
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    CloudImage.addTo(tasks, manifest);
    tasks.add(DefaultPackages.class).add(ConfigureCloudInit.class).add(DisableRootLogin.class);
  }
}
