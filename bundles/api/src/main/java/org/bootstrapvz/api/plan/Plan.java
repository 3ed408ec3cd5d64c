/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;

/**
 * The task list of a manifest, with the reasons. The same manifest and the same bundles result in
 * the same plan.
 *
 * @param manifest the manifest
 * @param provider name of the provider
 * @param plugins names of the plugins, in the order of the manifest
 * @param tasks the task list
 * @param relations the orders between tasks of the list within a phase, without those that follow
 *     from others; an order through a task that was not chosen is one relation with both reasons
 * @param hostCommands the commands of the host that the tasks need
 */
public record Plan(
    Manifest manifest,
    String provider,
    List<String> plugins,
    List<PlannedTask> tasks,
    List<Relation> relations,
    SortedSet<HostCommand> hostCommands) {
  /** Returns the file that the manifest was read from. */
  public Path file() {
    return manifest.file();
  }

  /**
   * Returns why a machine cannot run the programs of the image: the manifest is valid, but the
   * machine cannot build it.
   *
   * @param severity of the problem
   */
  public Optional<Problem> unsupported(Machine machine, Severity severity) {
    ManifestValue architecture = manifest.programArchitecture();
    return machine
        .unsupported(architecture.text())
        .map(found -> found.problem(severity, architecture.location(), architecture.path()));
  }
}
