/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Set;

/** Knows what bundles offer. */
public interface Registry {
  /** What a new build can use now. */
  RegistrySnapshot offers();

  /** Bundles, by id, and all those they are wired to, directly or through others. */
  Set<Long> withDependencies(Set<Long> bundles);
}
