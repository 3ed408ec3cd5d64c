/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.locale;

import java.io.IOException;
import java.util.Locale;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.packages.InstallPackages;
import org.osgi.service.component.annotations.Component;

/** Checks that the selected locale was generated: the package locales ignores unknown ones. */
@Component
@TaskDefinition(
    description = "Checking the generated locale",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = InstallPackages.class)
public final class CheckLocale implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue setting = build.manifest().at("system.locale");
    String locale = GenerateLocale.name(build.manifest());
    boolean known =
        build.root().run(Command.of("locale", "--all-locales")).output().stream()
            .anyMatch(each -> normal(each).equals(normal(locale)));
    if (!known) {
      throw new BuildException(
          setting.location()
              + ": "
              + setting.path()
              + ": Debian knows no locale "
              + locale
              + "; /usr/share/i18n/SUPPORTED lists those it has");
    }
  }

  /** {@code locale} prints character sets in lower case and without hyphens: en_US.utf8. */
  private static String normal(String locale) {
    return locale.toLowerCase(Locale.ROOT).replace("-", "");
  }
}
