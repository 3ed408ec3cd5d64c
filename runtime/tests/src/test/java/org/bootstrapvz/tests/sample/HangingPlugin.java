/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A plugin whose activation never returns. */
public final class HangingPlugin implements Plugin {
  public HangingPlugin() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {}
}
