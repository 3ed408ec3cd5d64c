/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Task;

/** A task with a bug. */
public final class Throwing implements Task {
  @Override
  public void run(Build build) {
    throw new IllegalStateException("a bug in the plugin");
  }
}
