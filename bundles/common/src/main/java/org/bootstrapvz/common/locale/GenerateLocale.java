/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.locale;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpdate;
import org.osgi.service.component.annotations.Component;

/**
 * Selects the locale. The package locales generates the selected locales when it is installed; the
 * generator only runs here if the package is already installed.
 */
@Component
@TaskDefinition(
    description = "Selecting the locale",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = AptUpdate.class)
public final class GenerateLocale implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    String charmap = manifest.at("system.charmap").text();
    String locale = name(manifest);
    boolean installed = build.root().isFile("usr/sbin/locale-gen");
    build.root().write("etc/locale.gen", locale + " " + charmap + "\n");
    build.root().write("etc/default/locale", "LANG=" + locale + "\n");
    if (installed) {
      build.root().run(Command.of("locale-gen"));
    }
  }

  /** The character set precedes a modifier: {@code de_DE.ISO-8859-15@euro}. */
  static String name(Manifest manifest) {
    String[] parts = manifest.at("system.locale").text().split("@", 2);
    return parts[0]
        + "."
        + manifest.at("system.charmap").text()
        + (parts.length == 2 ? "@" + parts[1] : "");
  }
}
