/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.problem.BuildException;

/** Checks that the host has the commands of a plan, and installs their packages on request. */
final class HostPackages {
  private final Machine machine;
  private final Events events;

  HostPackages(Machine machine, Events events) {
    this.machine = machine;
    this.events = events;
  }

  /**
   * Checks the commands of a plan.
   *
   * @param install whether to install missing packages
   * @throws BuildException if a command is missing, names all of them and their packages
   */
  void provide(Plan plan, boolean install) throws BuildException {
    List<HostCommand> missing = machine.missing(plan.hostCommands());
    if (missing.isEmpty()) {
      return;
    }
    SortedSet<String> packages =
        missing.stream()
            .map(HostCommand::debianPackage)
            .collect(Collectors.toCollection(TreeSet::new));
    String remedy = "  apt-get install " + String.join(" ", packages);
    if (!install) {
      throw new BuildException(
          "The host lacks commands that this build needs: "
              + listed(missing)
              + "\nInstall them with\n"
              + remedy
              + "\nor let the build install them with --install-missing");
    }
    events.emit(new BuildEvent.InstallingHostPackages(packages));
    machine.install(packages, events::log);
    List<HostCommand> still = machine.missing(plan.hostCommands());
    if (!still.isEmpty()) {
      throw new BuildException(
          "The host still lacks commands that this build needs: "
              + listed(still)
              + "\nTheir packages were installed with\n"
              + remedy);
    }
  }

  private static String listed(List<HostCommand> commands) {
    return commands.stream().sorted().map(HostCommand::toString).collect(Collectors.joining(", "));
  }
}
