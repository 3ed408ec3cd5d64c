/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a bundle that cannot be started. */
public final class FailingActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException("the bundle has no licence");
  }

  @Override
  public void stop(BundleContext context) {}
}
