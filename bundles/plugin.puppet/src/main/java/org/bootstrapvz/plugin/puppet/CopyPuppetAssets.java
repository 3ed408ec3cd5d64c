/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.files.TreeCopy;
import org.osgi.service.component.annotations.Component;

/**
 * Copies a tree in the layout of {@code /etc/puppetlabs} to where the installed Puppet reads it:
 * Debian's has the content of {@code puppet} in {@code /etc/puppet}, next to {@code code}.
 */
@Component
@TaskDefinition(
    description = "Copying the settings of Puppet",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = InstallModules.class)
public final class CopyPuppetAssets implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Path assets =
        build.manifest().resolve(build.manifest().at(PuppetPlugin.SETTINGS).get("assets"));
    Puppet puppet = Puppet.in(build.root());
    List<Path> entries;
    try (Stream<Path> found = Files.list(assets)) {
      entries = found.sorted().toList();
    }
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      boolean settings = name.equals("puppet") && Files.isDirectory(entry);
      String parent = puppet.code().replaceFirst("/code$", "");
      TreeCopy.into(build.root(), entry, settings ? puppet.settings() : parent + "/" + name);
    }
  }
}
