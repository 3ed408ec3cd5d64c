/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.util.Optional;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.value.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** The context in which a {@link ResourceType} releases a resource. */
@ProviderType
public interface ReleaseContext {
  /** Returns the nonce with which the resource was created, see {@link Resource#nonce}. */
  String nonce();

  /**
   * Returns the sandbox of the build. Empty if the process of the build has died, since its sandbox
   * ended with it.
   */
  Optional<Sandbox> sandbox();

  /** Writes a line to the log of the build. */
  void log(String line);

  /** Declares a secret, such as a token, that is masked in the log and in messages from now on. */
  void mask(Secret secret);
}
