/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleException;

/** The operations of the framework that the deploy directory needs. */
interface Bundles {
  /** Identity and capabilities of a bundle. */
  record Description(
      String symbolicName, String version, List<String> providers, List<String> plugins) {}

  /**
   * Why a bundle cannot be used.
   *
   * @param problem as the end of a sentence that starts with the bundle
   * @param ownFault whether the bundle itself fails, so that installing another one would not help
   */
  record StartFailure(String problem, boolean ownFault) {}

  /** Installs a bundle without starting it. */
  long install(String location, byte[] content) throws BundleException;

  /**
   * Starts a bundle, unless it is active, and checks that its providers and plugins can be
   * activated. Returns after a timeout.
   */
  Optional<StartFailure> start(long bundle);

  /** Whether a start that exceeded its timeout is still running. */
  boolean isStarting(long bundle);

  /** Identity and capabilities of a bundle. */
  Description describe(long bundle);

  /** A bundle and all bundles wired to it, directly or through others. */
  Set<Long> withDependents(long bundle);

  /** Uninstalls a bundle and rewires the bundles that depended on it. */
  void remove(long bundle) throws BundleException;
}
