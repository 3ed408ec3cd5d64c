/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleException;

/** What the deploy folder needs of the framework. */
interface Bundles {
  /** What a bundle says of itself. */
  record Description(
      String symbolicName, String version, List<String> providers, List<String> plugins) {}

  /**
   * What hinders a bundle.
   *
   * @param problem as the end of a sentence that begins with the bundle
   * @param ownFault whether it fails by itself, so that another bundle would not help it
   */
  record StartFailure(String problem, boolean ownFault) {}

  /** Installs a bundle without starting it. */
  long install(String location, byte[] content) throws BundleException;

  /**
   * Starts a bundle, if it is not active, and tries whether its providers and plugins can be
   * activated; answers what hinders it. Does not wait for ever.
   */
  Optional<StartFailure> start(long bundle);

  /** Whether a start of it that was not waited for any longer is still under way. */
  boolean isStarting(long bundle);

  /** What a bundle says of itself. */
  Description describe(long bundle);

  /** A bundle and all that are wired to it, directly or through others. */
  Set<Long> withDependents(long bundle);

  /** Uninstalls a bundle and has those that depended on it wired anew. */
  void remove(long bundle) throws BundleException;
}
