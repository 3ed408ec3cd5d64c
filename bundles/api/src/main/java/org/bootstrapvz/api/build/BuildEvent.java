/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.time.Duration;
import java.util.SortedSet;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;

/** Something that happened in a build. Events contain no secrets. */
public sealed interface BuildEvent {
  /** The plan is complete and the build has its id. */
  record Planned(String buildId, Plan plan) implements BuildEvent {}

  /** Host packages are about to be installed. */
  record InstallingHostPackages(SortedSet<String> packages) implements BuildEvent {}

  /** The first task of a phase is about to run. */
  record PhaseStarted(Phase phase) implements BuildEvent {}

  /** The last task of a phase has run. */
  record PhaseFinished(Phase phase, Duration duration) implements BuildEvent {}

  /** A task is about to run. */
  record TaskStarted(PlannedTask task) implements BuildEvent {}

  /**
   * The progress of a task.
   *
   * @param fraction from 0 to 1, or negative if unknown
   */
  record TaskProgress(PlannedTask task, double fraction, String detail) implements BuildEvent {}

  /** A task has run. */
  record TaskFinished(PlannedTask task, Duration duration) implements BuildEvent {}

  /** A line for the log: a command line, its output, or a text of a task. */
  record Log(String line) implements BuildEvent {}

  /** A warning for the user who started the build. */
  record Warning(String message) implements BuildEvent {}

  /** A task failed. Resources are released only after the listener returned. */
  record Failing(PlannedTask task, String message) implements BuildEvent {}

  /** A resource was released, or could not be: {@code problem} is the reason, empty if it was. */
  record Released(String description, String problem) implements BuildEvent {}

  /** An artefact was delivered. */
  record Delivered(Artefact artefact) implements BuildEvent {}

  /** The build has ended and its resources are released. The last event. */
  record Finished(BuildResult result) implements BuildEvent {}
}
