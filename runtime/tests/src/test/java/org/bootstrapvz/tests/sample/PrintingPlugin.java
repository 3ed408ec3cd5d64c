/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.net.URL;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A plugin that prints what it is. */
public final class PrintingPlugin implements Plugin {
  @Override
  public URL schema() {
    return null;
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(PrintGeneration.class);
  }
}
