/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.net.URL;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A plugin whose task has a bug. */
public final class BrokenPlugin implements Plugin {
  @Override
  public URL schema() {
    return null;
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(Throwing.class);
  }
}
