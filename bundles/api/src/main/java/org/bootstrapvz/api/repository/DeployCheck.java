/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Checks jars for the deploy directory. A service; safe for use by several threads. */
@ProviderType
public interface DeployCheck {

  /**
   * Returns why a jar would be refused in the deploy directory, as the end of a sentence; empty if
   * it would be accepted.
   */
  Optional<String> refusal(Path jar);
}
