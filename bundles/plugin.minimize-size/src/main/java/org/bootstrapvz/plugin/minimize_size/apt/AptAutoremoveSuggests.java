/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size.apt;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptSetting;
import org.bootstrapvz.common.apt.AptUpdate;
import org.osgi.service.component.annotations.Component;

/** Makes apt remove packages that others only suggest. */
@Component
@TaskDefinition(
    description = "Configuring apt to remove packages that are only suggested",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = AptUpdate.class)
public final class AptAutoremoveSuggests implements Task {
  @Override
  public void run(Build build) throws IOException {
    AptSetting.autoremoveSuggests().write(build.root(), "20autoremove-suggests");
  }
}
