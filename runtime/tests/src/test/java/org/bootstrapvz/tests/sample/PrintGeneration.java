/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Task;

/** Prints the generation of its bundle, read through a class that is first loaded when it runs. */
public final class PrintGeneration implements Task {
  @Override
  public void run(Build build) throws IOException {
    System.out.println("This is " + Generation.text() + ".");
  }
}
