/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is notified of the jars in the deploy directory: of those that are there when it is registered,
 * and of later changes. Called by one thread at a time, which waits for it.
 */
@ConsumerType
public interface DeployListener {
  /**
   * A jar is there, or was replaced.
   *
   * @param file its path in the deploy directory
   * @param sha256 of its content; of nothing if it could not be read
   * @param problem why builds do not use it, as the end of a sentence that starts with the file;
   *     empty if they do
   */
  void deployed(Path file, String sha256, Optional<String> problem);

  /** A jar was removed. */
  void removed(Path file);
}
