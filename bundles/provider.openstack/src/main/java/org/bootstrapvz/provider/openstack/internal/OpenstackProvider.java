/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.internal;

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
import org.bootstrapvz.provider.openstack.packages.DefaultPackages;
import org.bootstrapvz.provider.openstack.upload.CheckCloud;
import org.bootstrapvz.provider.openstack.upload.UploadImage;
import org.osgi.service.component.annotations.Component;

/** Images for clouds that run OpenStack. */
@Component
@ProviderDefinition(name = "openstack", description = "Disk images for OpenStack")
public final class OpenstackProvider implements Provider {
  /** A name of 1 to 255 characters. */
  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,255}");

  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    CloudImage.checkName(
        manifest.name(), NAME, manifest, "OpenStack allows 1 to 255 characters", problems);
    manifest
        .at("provider.upload.properties")
        .entries()
        .values()
        .forEach(value -> checkVariables(value, manifest, problems));
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    CloudImage.addTo(tasks, manifest);
    tasks.add(DefaultPackages.class).add(ConfigureCloudInit.class);
    if (manifest.at("provider.upload").exists()) {
      tasks.add(CheckCloud.class).add(UploadImage.class);
    }
  }

  private static void checkVariables(ManifestValue value, Manifest manifest, Problems problems) {
    try {
      manifest.expand(value.text());
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
    }
  }
}
