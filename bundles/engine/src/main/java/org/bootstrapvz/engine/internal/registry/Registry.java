/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Set;

/** The tasks, providers and plugins of all bundles. */
public interface Registry {
  /** Returns a snapshot of everything that a new build can use. */
  RegistrySnapshot snapshot();

  /** Bundles, by id, and all bundles they are wired to, directly or through others. */
  Set<Long> withDependencies(Set<Long> bundles);
}
