/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import java.util.List;
import java.util.function.BiConsumer;
import org.bootstrapvz.api.host.Command;

/** apt-get as a command that tells how far it is and asks nothing. */
public final class AptGet {
  private AptGet() {}

  /**
   * The command, to be given its arguments.
   *
   * @param progress receives the fraction done and what is being done
   */
  public static Command command(BiConsumer<Double, String> progress) {
    // apt-get keeps its status descriptor from dpkg. Were it standard output itself, maintainer
    // scripts could not print.
    return Command.of(
            List.of(
                "sh",
                "-c",
                "exec \"$@\" 3>&1",
                "sh",
                "apt-get",
                "-oAPT::Status-Fd=3",
                "-oDpkg::Use-Pty=0",
                "--no-install-recommends",
                "--yes"))
        .lines(new AptProgress(progress));
  }
}
