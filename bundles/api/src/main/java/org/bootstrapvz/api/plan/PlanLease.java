/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A plan and its leases on bundles, held until it is closed. Safe for use by several threads. */
@ProviderType
public interface PlanLease extends AutoCloseable {
  /** Returns the plan, or the problems that prevent one. */
  Planning planning();

  /**
   * Returns the jars of the deploy directory that the plan uses, with the content from which it was
   * planned, whatever happened to the directory since. Readable until the lease is closed. Empty if
   * there is no plan.
   *
   * @return absolute paths of files whose names end in {@code .jar}
   */
  List<Path> jars();

  /** Releases the leases. Does nothing the second time. */
  @Override
  void close();
}
