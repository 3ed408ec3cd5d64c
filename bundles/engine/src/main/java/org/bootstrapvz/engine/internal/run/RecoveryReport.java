/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

/** Receives what recovery did. Safe for use by several threads. */
interface RecoveryReport {
  /**
   * Reports something to the user; answers false if nobody receives it any more, so that it has to
   * be reported later.
   */
  boolean warn(String message);

  /** Writes details to a log. */
  void log(String text);
}
