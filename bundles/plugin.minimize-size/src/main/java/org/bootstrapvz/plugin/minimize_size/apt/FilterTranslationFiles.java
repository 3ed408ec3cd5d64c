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

/** Limits the languages in which apt fetches descriptions of packages. */
@Component
@TaskDefinition(
    description = "Limiting the languages of package descriptions",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = AptUpdate.class)
public final class FilterTranslationFiles implements Task {
  @Override
  public void run(Build build) throws IOException {
    AptSetting.languages(build.manifest().at("plugins.minimize_size.apt.languages").texts())
        .write(build.root(), "20languages");
  }
}
