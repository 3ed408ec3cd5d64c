/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Knows what the deploy folder takes. A service; safe for use by several threads. */
@ProviderType
public interface DeployCheck {

  /**
   * Why a jar would be refused if it lay in the deploy folder, as the end of a sentence; empty if
   * it would not.
   */
  Optional<String> refusal(Path jar);
}
