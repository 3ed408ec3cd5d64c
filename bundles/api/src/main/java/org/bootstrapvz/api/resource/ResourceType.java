/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Releases resources of one type. A service with the property {@link #TYPE}; safe for use by
 * several threads.
 *
 * <p>Releasing is idempotent: it succeeds if the resource was never created, was created in part,
 * or was released before. The engine releases the resources of dead builds while other builds run.
 * It then interrupts a call that takes too long and retries later, possibly while the interrupted
 * call still runs.
 */
@ConsumerType
public interface ResourceType {
  /** Service property: the {@link ResourceSpec#type} that this service releases. */
  String TYPE = "bootstrapvz.resource.type";

  /**
   * Service property, a boolean, false by default: whether releasing needs a network. Builds do not
   * wait for the release of such resources of other builds.
   */
  String NETWORK = "bootstrapvz.resource.network";

  /**
   * Releases a resource.
   *
   * @throws BuildException if the resource could not be released
   * @throws IOException if the resource could not be released
   */
  void release(ResourceSpec spec, ReleaseContext context) throws BuildException, IOException;
}
