/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.internal;

import java.util.List;
import java.util.regex.Pattern;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.cloud.ConfigureCloudInit;
import org.bootstrapvz.provider.openstack.packages.DefaultPackages;
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
    CloudImage.refuseUpload(manifest, "OpenStack", List.of("provider.upload"), problems);
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    CloudImage.addTo(tasks, manifest);
    tasks.add(DefaultPackages.class).add(ConfigureCloudInit.class);
  }
}
