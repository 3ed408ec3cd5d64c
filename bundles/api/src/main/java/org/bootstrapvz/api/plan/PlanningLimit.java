/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Limits how long code of providers and plugins may take while a manifest is planned. A service of
 * a process that plans for others; without it there is no limit.
 */
@ProviderType
public interface PlanningLimit {
  /** Returns how long each provider, plugin or type may take in one plan. */
  Duration timeout();
}
