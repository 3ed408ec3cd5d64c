/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.locale;

import java.io.IOException;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Selects the locale. The package locales generates what it finds selected when it is installed;
 * only if it is installed already is the generator run here.
 */
@Component
@TaskDefinition(description = "Selecting the locale", phase = Phase.PACKAGE_INSTALLATION)
public final class GenerateLocale implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    String charmap = manifest.at("system.charmap").text();
    String locale = manifest.at("system.locale").text() + "." + charmap;
    boolean installed = build.root().isFile("usr/sbin/locale-gen");
    build.root().write("etc/locale.gen", locale + " " + charmap + "\n");
    build.root().write("etc/default/locale", "LANG=" + locale + "\n");
    if (installed) {
      build.root().run(Command.of("locale-gen"));
    }
  }
}
