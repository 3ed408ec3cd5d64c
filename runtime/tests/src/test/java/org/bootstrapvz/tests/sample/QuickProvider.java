/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.net.URL;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** The provider {@link TinyProvider} for worker processes: no task waits for the test. */
public final class QuickProvider implements Provider {
  @Override
  public URL schema() {
    return null;
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    TinyProvider.TASKS.forEach(task -> tasks.add("org.bootstrapvz.common." + task));
    tasks.addVolume();
    // There is no kernel.
    tasks.discard("org.bootstrapvz.common.kernel.CopyKernel");
    tasks.discard("org.bootstrapvz.common.kernel.MoveKernel");
  }
}
