/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Something that a build acquired and has to release: a file, a mount, a device, an object in a
 * cloud. Used by the thread that runs the build's tasks.
 */
@ProviderType
public interface Resource {
  /** Returns the specification of the resource. */
  ResourceSpec spec();

  /**
   * Returns the name of the resource: 128 random bits as 32 hexadecimal digits, globally unique.
   * Unlike the id of a build, no other machine uses it. It is in the journal before the resource is
   * created.
   */
  String nonce();

  /**
   * Releases the resource now. Does nothing if it was released before, or if it became part of the
   * result.
   *
   * @throws BuildException if it could not be released; the engine tries again at the end of the
   *     build
   */
  void release() throws BuildException;
}
