/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ConsumerType;

/** Creates a resource whose {@link ResourceSpec} is enough to find it again. */
@ConsumerType
@FunctionalInterface
public interface Creation {
  /**
   * Creates the resource; its specification is already in the journal. If this throws, the resource
   * may be half created; it is released all the same.
   *
   * @throws BuildException if the resource could not be created
   * @throws IOException if the resource could not be created
   */
  void create() throws BuildException, IOException;
}
