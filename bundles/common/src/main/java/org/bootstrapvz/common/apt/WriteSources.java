/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Writes the source lists into the image. */
@Component
@TaskDefinition(
    description = "Writing the source lists",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = InstallTrustedKeys.class,
    requires = Source.class)
public final class WriteSources implements Task {
  @Override
  public void run(Build build) throws IOException {
    Map<String, StringBuilder> lists = new LinkedHashMap<>();
    boolean releaseSeen = false;
    for (Source source : build.all(Source.class)) {
      lists
          .computeIfAbsent(source.list(), list -> new StringBuilder())
          .append(source.line())
          .append('\n');
      releaseSeen |= source.suite().equals(build.manifest().release().name());
    }
    if (!releaseSeen) {
      build.warn(
          "No source delivers the release "
              + build.manifest().release().name()
              + " itself; the image will not find its own packages");
    }
    for (var list : lists.entrySet()) {
      String file =
          list.getKey().equals("main")
              ? "etc/apt/sources.list"
              : "etc/apt/sources.list.d/" + list.getKey() + ".list";
      build.root().write(file, list.getValue().toString());
    }
  }
}
