/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.util.Optional;
import org.bootstrapvz.api.host.Sandbox;
import org.osgi.annotation.versioning.ProviderType;

/** What a {@link ResourceType} may use while it gives something back. */
@ProviderType
public interface ReleaseContext {
  /** The sandbox of the build; empty when the build's process has died, and with it its sandbox. */
  Optional<Sandbox> sandbox();

  /** Writes a line to the build's log. */
  void log(String line);
}
