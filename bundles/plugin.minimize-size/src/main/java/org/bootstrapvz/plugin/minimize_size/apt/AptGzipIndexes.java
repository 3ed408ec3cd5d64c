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

/** Makes apt store the package lists compressed. */
@Component
@TaskDefinition(
    description = "Configuring apt to keep its indexes compressed",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = AptUpdate.class)
public final class AptGzipIndexes implements Task {
  @Override
  public void run(Build build) throws IOException {
    AptSetting.gzipIndexes().write(build.root(), "20gzip-indexes");
  }
}
