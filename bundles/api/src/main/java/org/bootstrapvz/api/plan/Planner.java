/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Plans manifests without touching anything. A service; safe for use by several threads. */
@ProviderType
public interface Planner {
  /**
   * Reads and checks a manifest and sorts its task set. Reports all problems instead of throwing.
   */
  Planning plan(Path manifest);
}
