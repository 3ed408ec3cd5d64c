/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;

/** Makes a resource, after the intent to make it was written down. */
@FunctionalInterface
public interface Creation {
  /**
   * Makes it. May leave it half made when it throws: it is given back all the same.
   *
   * @throws BuildException if it could not be made
   * @throws IOException if it could not be made
   */
  void create() throws BuildException, IOException;
}
