/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.HostRequirements;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;

/** The programs and firmware files of the host, which it gets on request. */
final class HostPrograms {
  private final Machine host;
  private final boolean install;
  private final Terminal terminal;

  /**
   * @param install whether to install what is missing
   */
  HostPrograms(Machine host, boolean install, Terminal terminal) {
    this.host = host;
    this.install = install;
    this.terminal = terminal;
  }

  /**
   * Provides programs and files.
   *
   * @param purpose what needs them, as the subject of a sentence
   * @param alternative what else helps if one is missing, as lines; may be empty
   * @throws BootException if something is missing and is not to be installed; the message names all
   *     of it, with the packages
   * @throws BuildException if it cannot be installed
   */
  void provide(String purpose, List<HostCommand> programs, String alternative)
      throws BootException, BuildException {
    HostRequirements requirements = HostRequirements.of(purpose, programs);
    if (install) {
      requirements.install(
          host,
          packages ->
              terminal.err().println("Installing host packages: " + String.join(" ", packages)),
          line -> {});
      return;
    }
    Optional<String> lacking = requirements.lacking(host);
    if (lacking.isPresent()) {
      throw new BootException(ExitStatus.FAILED, lacking.get() + alternative);
    }
  }
}
