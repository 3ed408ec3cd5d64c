/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.commands;

import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Runs the commands in the order of the manifest, on the host, inside the build's sandbox. A list
 * with one text is a shell line, a longer one a command and its arguments. {@code {root}} is the
 * directory of the image's root.
 */
@Component
@TaskDefinition(
    description = "Executing commands in the image",
    phase = Phase.USER_MODIFICATION,
    after = {
      "org.bootstrapvz.plugin.file_copy.MkdirCommand",
      "org.bootstrapvz.plugin.file_copy.FileCopyCommand"
    })
public final class ImageExecuteCommand implements Task {
  @Override
  public void run(Build build) throws BuildException {
    String root = build.root().path().toString();
    for (ManifestValue command : build.manifest().at("plugins.commands.commands").items()) {
      List<String> parts =
          command.texts().stream().map(part -> expand(build.manifest(), part, root)).toList();
      Command ran = parts.size() == 1 ? Command.of("sh", "-c", parts.get(0)) : Command.of(parts);
      build.run(ran.standardUmask());
    }
  }

  static String expand(Manifest manifest, String text, String root) {
    return manifest.expand(text, Map.of("root", root));
  }
}
