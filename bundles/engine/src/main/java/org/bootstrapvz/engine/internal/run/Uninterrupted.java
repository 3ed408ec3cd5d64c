/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

/** Runs operations that a cancelled build still has to complete. */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Runs with the interrupt flag of the thread cleared, and sets it again afterwards. */
  static void run(Runnable work) {
    boolean interrupted = Thread.interrupted();
    try {
      work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
