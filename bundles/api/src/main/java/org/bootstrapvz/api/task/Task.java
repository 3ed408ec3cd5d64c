/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One step of a build, registered as an OSGi service whose properties ({@link TaskDefinition}) say
 * where in the order it stands. The id of a task is the name of its class.
 *
 * <p>The engine obtains the service only to run it and gives it back afterwards. A task keeps no
 * state between builds and may be run by several builds at the same time, each in a thread of its
 * own.
 */
@ConsumerType
public interface Task {

  /**
   * Does the step. Cancelling a build interrupts the thread that is in here; {@link Build#run} then
   * ends the command and throws.
   *
   * @throws BuildException if the step failed; its message is shown to the person who started the
   *     build
   * @throws IOException if a file could not be read or written; shown in the same way
   */
  void run(Build build) throws BuildException, IOException;
}
