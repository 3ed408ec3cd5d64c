/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

/** Prints the duration of each step of the start, if this is requested. */
final class StartupTiming {

  private final long begin = System.nanoTime();
  private final boolean wanted;

  StartupTiming(boolean wanted) {
    this.wanted = wanted;
  }

  void reached(String step) {
    if (wanted) {
      System.err.printf("%5d ms  %s%n", (System.nanoTime() - begin) / 1_000_000, step);
    }
  }
}
