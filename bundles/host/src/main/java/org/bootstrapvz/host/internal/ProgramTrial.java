/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;

/** Tries whether the kernel runs a program. */
interface ProgramTrial {
  /** The result of a trial. */
  enum Outcome {
    /** The kernel runs the program. */
    RUNS,
    /** The kernel does not run it. */
    FAILS,
    /** No directory permits the execution of files. */
    UNKNOWN
  }

  /**
   * Runs the program.
   *
   * @param isolated whether this process may change the root directory of a command
   */
  Outcome run(TestProgram program, boolean isolated) throws IOException, InterruptedException;
}
