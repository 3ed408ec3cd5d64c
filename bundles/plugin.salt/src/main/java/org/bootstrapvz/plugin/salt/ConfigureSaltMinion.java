/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.salt;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Names the master, and removes the identity that the installation may have generated. */
@Component
@TaskDefinition(description = "Configuring the Salt minion", phase = Phase.SYSTEM_MODIFICATION)
public final class ConfigureSaltMinion implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    checkVersion(build);
    ManifestValue master = build.manifest().at(SaltPlugin.SETTINGS).get("master");
    if (master.exists()) {
      root.write(
          "etc/salt/minion.d/master.conf",
          "master: " + Yaml.quoted(build.manifest().expand(master.text())) + "\n");
    }
    // Each machine generates its own at its first start.
    root.delete("etc/salt/minion_id");
    for (String key : root.list("etc/salt/pki/minion")) {
      root.delete("etc/salt/pki/minion/" + key);
    }
  }

  /** apt installs another version if no source has the pinned one. */
  private static void checkVersion(Build build) throws BuildException {
    String wanted = SaltPlugin.version(build.manifest());
    if (wanted.isEmpty()) {
      return;
    }
    String installed =
        String.join(
            "",
            build
                .root()
                .run(
                    Command.of("dpkg-query", "--show", "--showformat=${Version}")
                        .with(SaltPlugin.PACKAGE))
                .output());
    if (installed.replaceFirst("^\\d+:", "").startsWith(wanted)) {
      return;
    }
    ManifestValue version = build.manifest().at(SaltPlugin.SETTINGS).get("version");
    String problem =
        version.location()
            + ": "
            + version.path()
            + ": no source of packages has a version "
            + wanted
            + " of "
            + SaltPlugin.PACKAGE
            + "; "
            + installed
            + " was installed. Name a repository that has it in packages.sources";
    if (build.manifest().at(SaltPlugin.SETTINGS).get("install_source").text().equals("stable")) {
      throw new BuildException(problem);
    }
    // The original downloaded this version from elsewhere.
    build.warn(problem);
  }
}
