/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

/** The exit statuses of {@code bootstrap-vz}. */
public final class ExitStatus {
  /** Success. */
  public static final int DONE = 0;

  /** The manifest or another input has errors. */
  public static final int INPUT = 1;

  /** The command line has errors. */
  public static final int USAGE = 2;

  /** The build or another operation failed. */
  public static final int FAILED = 3;

  /** Interrupted by the user. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
