/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Task;

/** A plan and the leases on the bundle generations it uses, held until it is closed. */
public interface LeasedPlan extends AutoCloseable {
  /** The plan, or the problems that prevent one. */
  Planning planning();

  /** The ids of the bundles that it leases. */
  Set<Long> bundles();

  /** The types of values that a task of the plan provides and receives. */
  TaskValues values(String taskId);

  /**
   * Activates the service of a task of the plan.
   *
   * @throws BuildException if its bundle was stopped or the service could not be activated
   */
  Task obtain(String taskId) throws BuildException;

  /** Releases the service that {@link #obtain} returned. */
  void release(String taskId, Task task);

  /**
   * Activates the filesystems that the manifest names. They are released when the plan is closed.
   *
   * @throws BuildException if the bundle of one was stopped or it could not be activated
   */
  List<NamedFilesystem> filesystems() throws BuildException;

  /** Releases the leases. Does nothing the second time. */
  @Override
  void close();
}
