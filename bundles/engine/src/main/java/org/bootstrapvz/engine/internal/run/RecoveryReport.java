/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

/** Receives reports of recovery. Safe for use by several threads. */
interface RecoveryReport {
  /**
   * Reports something to the user; returns false if there is no receiver any more, so that it has
   * to be reported later.
   */
  boolean warn(String message);

  /** Writes details to a log. */
  void log(String text);
}
