/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.units;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Enables, disables and masks units, which can also be those that other plugins copied. */
@Component
@TaskDefinition(
    description = "Enabling systemd units",
    phase = Phase.USER_MODIFICATION,
    predecessors = WriteUnits.class,
    after = {
      "org.bootstrapvz.plugin.file_copy.CopyTrees",
      "org.bootstrapvz.plugin.file_copy.FileCopyCommand"
    },
    before = "org.bootstrapvz.plugin.commands.ImageExecuteCommand")
public final class EnableUnits implements Task {
  private static final List<String> DIRECTORIES =
      List.of(
          "etc/systemd/system/",
          "run/systemd/system/",
          "usr/lib/systemd/system/",
          "lib/systemd/system/");

  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue settings = build.manifest().at("plugins.units");
    Root root = build.root();
    if (!root.exists("usr/bin/systemctl") && !root.exists("bin/systemctl")) {
      throw new BuildException(
          settings.location()
              + ": "
              + settings.path()
              + ": the image has no systemd. Add systemd to packages.install, or remove the plugin");
    }
    List<ManifestValue> required = new ArrayList<>(settings.get("enable").items());
    required.addAll(settings.get("disable").items());
    if (settings.get("default_target").exists()) {
      required.add(settings.get("default_target"));
    }
    require(root, required);
    // A unit that does not exist can be masked, for packages that are installed later.
    systemctl(root, "disable", settings);
    systemctl(root, "mask", settings);
    systemctl(root, "enable", settings);
    if (settings.get("default_target").exists()) {
      root.run(Command.of("systemctl", "set-default", "--", settings.get("default_target").text()));
    }
  }

  private static void systemctl(Root root, String verb, ManifestValue settings)
      throws BuildException {
    if (settings.get(verb).exists()) {
      root.run(Command.of("systemctl", verb, "--").with(settings.get(verb).texts()));
    }
  }

  private static void require(Root root, List<ManifestValue> units)
      throws BuildException, IOException {
    List<String> missing = new ArrayList<>();
    for (ManifestValue unit : units) {
      if (!isThere(root, unit.text())) {
        missing.add(
            unit.location()
                + ": "
                + unit.path()
                + ": the image has no unit "
                + unit.text()
                + ". Add it to plugins.units.install, install the package that contains it, or"
                + " correct the name");
      }
    }
    if (!missing.isEmpty()) {
      throw new BuildException(String.join("\n", missing));
    }
  }

  /** An instance such as {@code getty@tty2.service} is there if its template is. */
  private static boolean isThere(Root root, String unit) throws IOException {
    String template = unit.replaceFirst("@.+(\\.[a-z]+)$", "@$1");
    for (String directory : DIRECTORIES) {
      if (root.exists(directory + unit) || root.exists(directory + template)) {
        return true;
      }
    }
    return unit.endsWith(".service")
        && root.exists("etc/init.d/" + unit.substring(0, unit.lastIndexOf('.')));
  }
}
