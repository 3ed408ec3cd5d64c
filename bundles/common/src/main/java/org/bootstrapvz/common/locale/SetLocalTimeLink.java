/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.locale;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Links /etc/localtime to the data of the time zone in the image. */
@Component
@TaskDefinition(
    description = "Setting the selected local timezone",
    phase = Phase.SYSTEM_MODIFICATION)
public final class SetLocalTimeLink implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue timezone = build.manifest().at("system.timezone");
    String data = "/usr/share/zoneinfo/" + timezone.text();
    if (!build.root().isFile(data)) {
      throw new BuildException(
          timezone.location()
              + ": "
              + timezone.path()
              + ": there is no time zone "
              + timezone.text()
              + "; the names are those of /usr/share/zoneinfo, for example Europe/Berlin or UTC");
    }
    build.root().symlink("etc/localtime", data);
  }
}
