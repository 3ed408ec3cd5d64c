/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.operations;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The directory in which this appliance keeps what must survive a restart, readable only by its
 * user. Locked by one process at a time. A service; safe for use by several threads.
 */
@ProviderType
public interface StateDirectory {
  /** The directory. */
  Path path();

  /**
   * A directory for files that need not survive the process, such as manifests, which may contain
   * passwords: its content is deleted at the next start.
   */
  Path scratch();

  /** Distinguishes this appliance from all others, also after a restart: 8 hexadecimal digits. */
  String instance();
}
