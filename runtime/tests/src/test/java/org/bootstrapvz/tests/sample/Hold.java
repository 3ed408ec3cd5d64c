/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Task;

/**
 * Reports to the test that it runs, and waits for the test; the latches are system properties,
 * which are visible to both.
 */
public final class Hold implements Task {
  public static final String RUNNING = "bootstrapvz.tests.running";
  public static final String GO_ON = "bootstrapvz.tests.goOn";

  @Override
  public void run(Build build) throws BuildException {
    ((CountDownLatch) System.getProperties().get(RUNNING)).countDown();
    try {
      ((CountDownLatch) System.getProperties().get(GO_ON)).await();
    } catch (InterruptedException e) {
      throw new BuildException("Interrupted", e);
    }
  }
}
