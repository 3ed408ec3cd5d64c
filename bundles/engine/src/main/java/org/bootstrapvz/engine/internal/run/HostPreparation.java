/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.host.HostRequirements;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.UnsupportedArchitecture;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Problem;

/**
 * Checks that the host has the files and the commands of a plan and runs the programs of its image,
 * and installs missing packages on request.
 */
final class HostPreparation {
  private final Machine machine;
  private final Events events;

  HostPreparation(Machine machine, Events events) {
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
    List<String> missingFiles =
        HostFile.missing(plan.manifest().hostFiles(), Problem.Severity.ERROR).stream()
            .map(Problem::withoutSeverity)
            .toList();
    if (install && !missingFiles.isEmpty()) {
      throw new BuildException(String.join("\n", missingFiles));
    }
    HostRequirements requirements = new HostRequirements("this build", plan.hostCommands());
    if (install) {
      requirements.install(machine, this::announce, events::log);
      installEmulator(plan.manifest().programArchitecture().text());
      return;
    }
    List<String> faults =
        Stream.concat(
                missingFiles.stream(),
                Stream.of(
                        requirements.lacking(machine),
                        plan.unsupported(machine, Problem.Severity.ERROR)
                            .map(Problem::withoutSeverity))
                    .flatMap(Optional::stream))
            .toList();
    if (!faults.isEmpty()) {
      throw new BuildException(String.join("\n", faults));
    }
  }

  private void announce(SortedSet<String> packages) {
    events.emit(new BuildEvent.InstallingHostPackages(packages));
  }

  private void installEmulator(String architecture) throws BuildException {
    Optional<UnsupportedArchitecture> unsupported = machine.unsupported(architecture);
    if (unsupported.isEmpty()) {
      return;
    }
    if (!unsupported.get().packages().isEmpty()) {
      announce(unsupported.get().packages());
    }
    machine.support(architecture, events::log);
  }
}
