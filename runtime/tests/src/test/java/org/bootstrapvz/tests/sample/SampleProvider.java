/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.net.URL;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A third-party provider. Its only task waits for the test. */
public final class SampleProvider implements Provider {
  @Override
  public URL schema() {
    return null;
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(Hold.class);
  }
}
