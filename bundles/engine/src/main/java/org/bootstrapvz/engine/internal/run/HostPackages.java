/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.UnsupportedArchitecture;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Problem;

/**
 * Checks that the host has the commands of a plan and runs the programs of its image, and installs
 * what is missing on request.
 */
final class HostPackages {
  private final Machine machine;
  private final Events events;

  HostPackages(Machine machine, Events events) {
    this.machine = machine;
    this.events = events;
  }

  /**
   * Checks the host for a plan.
   *
   * @param install whether to install missing packages
   * @throws BuildException if something is missing, names all of it, with the packages
   */
  void provide(Plan plan, boolean install) throws BuildException {
    List<HostCommand> missing = machine.missing(plan.hostCommands());
    if (install) {
      installCommands(plan, missing);
      installEmulator(plan.manifest().programArchitecture().text());
      return;
    }
    List<String> faults = new ArrayList<>();
    if (!missing.isEmpty()) {
      faults.add(
          "The host lacks commands that this build needs: "
              + listed(missing)
              + "\nInstall them with\n"
              + remedy(missing)
              + "\nor let the build install them with --install-missing");
    }
    plan.unsupported(machine, Problem.Severity.ERROR)
        .ifPresent(problem -> faults.add(problem.toString()));
    if (!faults.isEmpty()) {
      throw new BuildException(String.join("\n", faults));
    }
  }

  private void installCommands(Plan plan, List<HostCommand> missing) throws BuildException {
    if (missing.isEmpty()) {
      return;
    }
    SortedSet<String> packages = packages(missing);
    events.emit(new BuildEvent.InstallingHostPackages(packages));
    machine.install(packages, events::log);
    List<HostCommand> still = machine.missing(plan.hostCommands());
    if (!still.isEmpty()) {
      throw new BuildException(
          "The host still lacks commands that this build needs: "
              + listed(still)
              + "\nTheir packages were installed with\n"
              + remedy(missing));
    }
  }

  private void installEmulator(String architecture) throws BuildException {
    Optional<UnsupportedArchitecture> unsupported = machine.unsupported(architecture);
    if (unsupported.isEmpty()) {
      return;
    }
    if (!unsupported.get().packages().isEmpty()) {
      events.emit(new BuildEvent.InstallingHostPackages(unsupported.get().packages()));
    }
    machine.support(architecture, events::log);
  }

  private static String remedy(List<HostCommand> commands) {
    return "  apt-get install " + String.join(" ", packages(commands));
  }

  private static SortedSet<String> packages(List<HostCommand> commands) {
    return commands.stream()
        .map(HostCommand::debianPackage)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String listed(List<HostCommand> commands) {
    return commands.stream().sorted().map(HostCommand::toString).collect(Collectors.joining(", "));
  }
}
