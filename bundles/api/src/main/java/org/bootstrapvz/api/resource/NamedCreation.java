/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.io.IOException;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Creates a resource that carries the nonce of its journal entry, for example as its name, as a tag
 * or as the idempotency token of a request, so that it can be found again after a crash.
 */
@ConsumerType
@FunctionalInterface
public interface NamedCreation {
  /**
   * Creates the resource. If this throws, the resource may be half created; it is released all the
   * same.
   *
   * @param nonce the name of the resource, see {@link Resource#nonce}; already in the journal
   * @throws BuildException if the resource could not be created
   * @throws IOException if the resource could not be created
   */
  void create(String nonce) throws BuildException, IOException;
}
