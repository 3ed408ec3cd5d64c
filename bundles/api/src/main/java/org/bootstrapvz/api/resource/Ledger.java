/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.io.IOException;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The resources in the journals of this machine, for those who find resources elsewhere and ask
 * whose they are. Safe for use by several threads.
 */
@ProviderType
public interface Ledger {
  /** Whose a resource is. */
  enum Holder {
    /** A build that is running, or being released. */
    RUNNING,
    /** A build that ended without releasing it. */
    DEAD
  }

  /**
   * Returns the holders of all resources that are not released, by {@link Resource#nonce}.
   *
   * @throws IOException if a journal cannot be read; the resources in it are then unknown, and
   *     nothing must be deleted
   */
  Map<String, Holder> held() throws IOException;
}
