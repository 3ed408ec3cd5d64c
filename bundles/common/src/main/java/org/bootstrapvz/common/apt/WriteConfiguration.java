/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Writes the snippets of {@code packages.apt.conf.d}. They apply to the installation of the base
 * system, too: a mirror may be usable only with them.
 */
@Component
@TaskDefinition(
    description = "Writing the apt configuration",
    phase = Phase.OS_INSTALLATION,
    requires = Root.class)
public final class WriteConfiguration implements Task {
  /** The directory of the snippets. */
  public static final String FOLDER = "etc/apt/apt.conf.d";

  /** The file of the snippet {@code main}. */
  public static final String MAIN = "etc/apt/apt.conf";

  @Override
  public void run(Build build) throws IOException {
    for (var snippet : build.manifest().at("packages").get("apt.conf.d").entries().entrySet()) {
      String file = snippet.getKey().equals("main") ? MAIN : FOLDER + "/" + snippet.getKey();
      build.root().write(file, snippet.getValue().text() + "\n");
    }
  }
}
