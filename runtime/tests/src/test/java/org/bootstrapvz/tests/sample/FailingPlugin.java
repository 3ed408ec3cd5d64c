/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A plugin that cannot be activated. */
public final class FailingPlugin implements Plugin {
  public FailingPlugin() {
    throw new IllegalStateException("the plugin has no licence");
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {}
}
