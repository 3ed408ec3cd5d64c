/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/** Something a build took and has to give back. */
@ProviderType
public interface Resource {
  /** What was taken. */
  ResourceSpec spec();

  /**
   * Gives it back now. Does nothing the second time.
   *
   * @throws BuildException if that was not possible; it is tried again at the end of the build
   */
  void release() throws BuildException;
}
