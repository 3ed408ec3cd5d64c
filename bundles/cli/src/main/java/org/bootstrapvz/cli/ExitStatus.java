/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

/** What the program tells the one that started it. */
public final class ExitStatus {
  /** Done. */
  public static final int DONE = 0;

  /** The manifest or another input has errors. */
  public static final int INPUT = 1;

  /** The command line has errors. */
  public static final int USAGE = 2;

  /** The build failed, or what was asked for could not be done. */
  public static final int FAILED = 3;

  /** Interrupted by the person who started it. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
