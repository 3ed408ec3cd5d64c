/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;

/** A third-party bootloader, which rejects manifests with 13 in their name. */
public final class SampleBootloader implements BootloaderType {
  @Override
  public void check(Manifest manifest, Problems problems) {
    if (manifest.name().contains("13")) {
      problems.error(manifest.at("name"), "The bootloader is superstitious", "Use another name");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(Mark.class);
  }
}
