/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One step of a build, registered as an OSGi service whose properties ({@link TaskDefinition})
 * define its position in the order. The id of a task is the name of its class.
 *
 * <p>The engine gets the service only to run it and releases it afterwards. A task keeps no state
 * between builds. Several builds may run it at the same time, each in its own thread.
 */
@ConsumerType
public interface Task {

  /**
   * Runs the step. Cancelling a build interrupts the thread that is in this method; {@link
   * Build#run} then terminates the command and throws.
   *
   * @throws BuildException if the step failed; its message is shown to the user who started the
   *     build
   * @throws IOException if a file could not be read or written; shown in the same way
   */
  void run(Build build) throws BuildException, IOException;
}
