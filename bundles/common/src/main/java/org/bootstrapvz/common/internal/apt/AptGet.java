/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import java.util.List;
import java.util.function.BiConsumer;
import org.bootstrapvz.api.host.Command;

/** Creates non-interactive apt-get commands that report their progress. */
public final class AptGet {
  private AptGet() {}

  /**
   * The command, to which the caller adds arguments.
   *
   * @param progress receives the completed fraction and the current step
   */
  public static Command command(BiConsumer<Double, String> progress) {
    // apt-get does not pass its status descriptor on to dpkg. If it were standard output,
    // maintainer scripts could not print.
    return Command.of(
            List.of(
                "sh",
                "-c",
                "exec \"$@\" 3>&1",
                "sh",
                "apt-get",
                "-oAPT::Status-Fd=3",
                "-oDpkg::Use-Pty=0",
                // A file of the manifest that is also a package's is kept, without a question.
                "-oDpkg::Options::=--force-confdef",
                "-oDpkg::Options::=--force-confold",
                "--no-install-recommends",
                "--yes"))
        .lines(new AptProgress(progress));
  }
}
