/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size.dpkg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.osgi.service.component.annotations.Component;

/**
 * Deletes the files from the base system that dpkg skips in all other packages: the first packages
 * are unpacked without it.
 */
@Component
@TaskDefinition(
    description = "Removing documentation and translations from the base system",
    phase = Phase.OS_INSTALLATION,
    predecessors = Bootstrap.class)
public final class FilterBaseSystem implements Task {
  @Override
  public void run(Build build) throws IOException {
    ManifestValue settings = build.manifest().at("plugins.minimize_size.dpkg");
    Root root = build.root();
    if (settings.get("exclude_docs").isTrue(false)) {
      for (String documented : root.list("usr/share/doc")) {
        deleteAllBut(root, "usr/share/doc/" + documented, List.of("copyright"));
      }
    }
    if (settings.get("locales").exists()) {
      List<String> kept = new ArrayList<>(settings.get("locales").texts());
      kept.add("locale.alias");
      deleteAllBut(root, "usr/share/locale", kept);
      for (int section = 1; section <= 9; section++) {
        kept.add("man" + section);
      }
      deleteAllBut(root, "usr/share/man", kept);
    }
  }

  private static void deleteAllBut(Root root, String folder, List<String> kept) throws IOException {
    for (String name : root.list(folder)) {
      if (!kept.contains(name)) {
        root.delete(folder + "/" + name);
      }
    }
  }
}
