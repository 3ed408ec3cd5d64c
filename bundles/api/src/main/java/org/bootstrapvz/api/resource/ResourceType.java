/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives back resources of one type. A service with the property {@link #TYPE}; safe for use by
 * several threads.
 *
 * <p>Releasing is idempotent: a resource that was never made, was made by half, or is gone already
 * is no error.
 */
@ConsumerType
public interface ResourceType {
  /** Service property: the {@link ResourceSpec#type} this service gives back. */
  String TYPE = "bootstrapvz.resource.type";

  /**
   * Gives a resource back.
   *
   * @throws BuildException if it is still there afterwards
   * @throws IOException if it is still there afterwards
   */
  void release(ResourceSpec spec, ReleaseContext context) throws BuildException, IOException;
}
