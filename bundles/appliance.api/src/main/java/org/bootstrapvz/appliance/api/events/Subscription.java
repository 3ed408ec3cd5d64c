/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.events;

import org.osgi.annotation.versioning.ProviderType;

/** A subscription to the changes of a build. */
@ProviderType
public interface Subscription extends AutoCloseable {
  /** Ends it. A notification that is under way may still arrive. */
  @Override
  void close();
}
