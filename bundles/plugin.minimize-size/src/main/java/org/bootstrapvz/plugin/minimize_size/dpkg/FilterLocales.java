/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size.dpkg;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;
import org.osgi.service.component.annotations.Component;

/** Makes dpkg skip translations into other languages than those of the manifest. */
@Component
@TaskDefinition(
    description = "Excluding translations from packages",
    phase = Phase.OS_INSTALLATION,
    predecessors = CreateDpkgCfg.class,
    successors = Bootstrap.class)
public final class FilterLocales implements Task {
  @Override
  public void run(Build build) throws IOException {
    StringBuilder messages = new StringBuilder("path-exclude=/usr/share/locale/*\n");
    messages.append("path-include=/usr/share/locale/locale.alias\n");
    StringBuilder pages = new StringBuilder("path-exclude=/usr/share/man/*\n");
    pages.append("path-include=/usr/share/man/man[1-9]*\n");
    for (String locale : build.manifest().at("plugins.minimize_size.dpkg.locales").texts()) {
      messages.append("path-include=/usr/share/locale/").append(locale).append("/*\n");
      pages.append("path-include=/usr/share/man/").append(locale).append("/*\n");
    }
    build.root().write(CreateDpkgCfg.FOLDER + "/10filter-locales", messages.toString());
    build.root().write(CreateDpkgCfg.FOLDER + "/10filter-manpages", pages.toString());
  }
}
