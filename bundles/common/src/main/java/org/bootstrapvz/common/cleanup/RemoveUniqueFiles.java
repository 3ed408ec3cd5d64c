/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.PurgeUnusedPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Deletes the keys, seeds and identifiers that packages generated, if the machine makes new ones at
 * its first boot.
 */
@Component
@TaskDefinition(
    description = "Removing keys and identifiers of the installation",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = PurgeUnusedPackages.class)
public final class RemoveUniqueFiles implements Task {
  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    for (String pattern : UniqueFiles.DELETED) {
      for (String file : RootFiles.matching(root, pattern)) {
        root.delete(file);
      }
    }
    if (!root.isFile(AddKeyGeneration.SCRIPT)) {
      return;
    }
    String script = root.read(AddKeyGeneration.SCRIPT);
    for (UniqueFiles.Generated generated : UniqueFiles.GENERATED) {
      if (script.contains("[ -e /" + generated.files().get(0) + " ]")) {
        for (String file : generated.files()) {
          deleteLinksTo(root, file);
          root.delete(file);
        }
      }
    }
  }

  /** A certificate is also found by a link whose name is a hash of its subject. */
  private static void deleteLinksTo(Root root, String file) throws IOException {
    String folder = file.substring(0, file.lastIndexOf('/'));
    String name = file.substring(folder.length() + 1);
    for (String other : root.list(folder)) {
      Path link = root.resolve(folder).resolve(other);
      if (Files.isSymbolicLink(link)
          && Files.readSymbolicLink(link).equals(Path.of(name))
          && !other.equals(name)) {
        root.delete(folder + "/" + other);
      }
    }
  }
}
