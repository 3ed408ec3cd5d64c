/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Task;

/** Reports its generation to the test, through a class that is first loaded when it runs. */
public final class Mark implements Task {
  public static final String SEEN = "bootstrapvz.tests.generation";

  @Override
  public void run(Build build) throws IOException {
    System.setProperty(SEEN, Generation.text());
  }
}
