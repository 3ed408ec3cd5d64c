/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.opennebula;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.apt.AddBackports;
import org.osgi.service.component.annotations.Component;

/** Configures the machine with OpenNebula's context package, in releases that have it. */
@Component
@PluginDefinition(
    name = "opennebula",
    description = "Configures the machine with OpenNebula's context package")
public final class OpennebulaPlugin implements Plugin {
  private static final int JESSIE = 8;
  private static final int BOOKWORM = 12;

  @Override
  public void check(Manifest manifest, Problems problems) {
    if (manifest.release().atLeast(BOOKWORM)) {
      problems.error(
          manifest.at("plugins.opennebula"),
          "Debian " + manifest.release().codename() + " has no package opennebula-context",
          "Use the plugin cloud_init with metadata_sources: OpenNebula, which reads the same context;"
              + " or download the package one-context and name its file in packages.install");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(AddONEContextPackage.class);
    if (!manifest.release().atLeast(JESSIE)) {
      tasks.add(AddBackports.class);
    }
  }
}
