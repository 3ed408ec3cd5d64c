/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Writes the snippets of {@code packages.apt.conf.d}. */
@Component
@TaskDefinition(description = "Writing the apt configuration", phase = Phase.PACKAGE_INSTALLATION)
public final class WriteConfiguration implements Task {
  @Override
  public void run(Build build) throws IOException {
    for (var snippet : build.manifest().at("packages").get("apt.conf.d").entries().entrySet()) {
      String file =
          snippet.getKey().equals("main")
              ? "etc/apt/apt.conf"
              : "etc/apt/apt.conf.d/" + snippet.getKey();
      build.root().write(file, snippet.getValue().text() + "\n");
    }
  }
}
