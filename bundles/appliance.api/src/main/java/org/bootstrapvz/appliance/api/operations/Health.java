/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.operations;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The health of the appliance: the results of all Felix health checks that have a name, also those
 * of plugins. A service; safe for use by several threads.
 */
@ProviderType
public interface Health {
  /** Severity of a result, from the best to the worst. */
  enum Status {
    /** Works. */
    OK,
    /** May soon fail, or works only in part. */
    WARN,
    /** Does not work. */
    CRITICAL
  }

  /**
   * The result of a check.
   *
   * @param message what an operator should know; may be empty
   */
  record CheckResult(Status status, String message) {}

  /** The current result of each check, by name. */
  Map<String, CheckResult> checks();
}
