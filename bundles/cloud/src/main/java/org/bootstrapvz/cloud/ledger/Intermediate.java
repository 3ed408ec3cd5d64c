/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.ledger;

import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.task.Build;

/** What a cloud needs only until it has made an image of it. */
public final class Intermediate {
  private Intermediate() {}

  /**
   * Deletes one. What cannot be deleted now is deleted when the build ends, or later.
   *
   * @param name names it in the log, for example {@code The disk d}
   */
  public static void delete(Build build, Resource resource, String name)
      throws BuildCancelledException {
    try {
      resource.release();
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      build.log(name + " is not deleted yet: " + e.getMessage());
    }
  }
}
